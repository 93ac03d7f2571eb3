package dev.fastdeploy.agent.reload.redefine;

import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A JVM with {@link Driver} that was started from a release. Is killed when it is closed. */
final class RunningService implements AutoCloseable {

  private final Jvm jvm;
  private int read;

  private RunningService(Jvm jvm) {
    this.jvm = jvm;
  }

  /**
   * Starts {@code app.Main}, which must print {@code started} and stay.
   *
   * @param releases their directory
   * @param classPath in the release's directory
   */
  static RunningService start(JavaHome java, Path releases, String commit, String classPath)
      throws IOException {
    Path agent = agent(releases.resolveSibling("driver.jar"));
    Path release = releases.resolve(commit);
    RunningService service =
        new RunningService(
            Jvm.start(
                release,
                Map.of(),
                List.of(
                    java.tool("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-javaagent:" + agent + "=" + releases,
                    "-cp",
                    release.resolve(classPath).toString(),
                    "app.Main")));
    service.awaitLine("started");
    return service;
  }

  /** Has a command of {@link Driver} carried out; what it printed, without {@code done}. */
  List<String> ask(String command) throws IOException {
    jvm.send(command);
    return awaitLine("done");
  }

  /** What the JVM said on standard error by the name of fastdeploy. */
  List<String> said() {
    return jvm.said();
  }

  @Override
  public void close() {
    jvm.close();
  }

  private List<String> awaitLine(String end) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !jvm.alive() || unread().contains(end));
    List<String> lines = unread();
    int at = lines.indexOf(end);
    if (at < 0) {
      throw new AssertionError("the JVM ended: " + jvm.out() + " " + jvm.err());
    }
    read += at + 1;
    return lines.subList(0, at);
  }

  private List<String> unread() {
    List<String> all = new ArrayList<>(jvm.out());
    return all.subList(read, all.size());
  }

  private static Path agent(Path jar) throws IOException {
    List<String> places = new ArrayList<>();
    for (Class<?> needed :
        List.of(
            Driver.class,
            RedefineReload.class,
            dev.fastdeploy.contract.Release.class,
            net.bytebuddy.jar.asm.ClassReader.class)) {
      places.add(needed.getProtectionDomain().getCodeSource().getLocation().toString());
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", places));
    attributes.put(new Attributes.Name("Premain-Class"), Driver.class.getName());
    attributes.put(new Attributes.Name("Can-Redefine-Classes"), "true");
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
