package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import net.bytebuddy.ByteBuddy;

/** Starts a JVM with an agent in which the JDK's inside can be reached. */
final class Lab {

  private Lab() {}

  /**
   * Runs a main class to its end.
   *
   * @param directory takes the agent's jar and the application's release
   * @param arguments flags, the main class, and what it is given
   * @return the lines that it printed
   */
  static List<String> run(JavaHome java, Path directory, String... arguments)
      throws IOException, InterruptedException {
    Path release = Files.createDirectories(directory.resolve("release"));
    jar(release.resolve("lib.jar"), new Manifest());
    service(release, "java.sql.Driver", "FoundDriver");
    service(release, "javax.imageio.spi.ImageReaderSpi", "FoundReader");
    new ByteBuddy()
        .subclass(Object.class)
        .name("com.example.Second")
        .make()
        .toJar(release.resolve("second.jar").toFile());
    Path agent = directory.resolve("agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", LabAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    jar(agent, manifest);
    List<String> command = new ArrayList<>(List.of(java.tool("java"), "-javaagent:" + agent));
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
    command.add("-Dlab.release=" + release);
    command.add("-Djava.awt.headless=true");
    command.add("-Djava.util.prefs.userRoot=" + directory);
    command.add("-Djava.util.prefs.systemRoot=" + directory);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    try (Jvm jvm = Jvm.start(directory, Map.of(), command)) {
      int code = jvm.exitCode();
      if (code != 0) {
        throw new AssertionError("the lab ended with " + code + ": " + jvm.out() + jvm.err());
      }
      return jvm.out();
    }
  }

  private static void service(Path release, String service, String app) throws IOException {
    Path file = release.resolve("META-INF/services").resolve(service);
    Files.createDirectories(file.getParent());
    Files.writeString(file, Lab.class.getPackageName() + ".app." + app);
  }

  private static void jar(Path file, Manifest manifest) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new ZipEntry("entry"));
      jar.write(1);
    }
  }
}
