package dev.fastdeploy.agent.reload.process.polite;

import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A JVM with the {@link PoliteDriver}, in which servers are started one after the other. */
final class PoliteJvm implements AutoCloseable {

  private final Jvm jvm;
  private int answers;

  /**
   * @param directory for files that are needed as long as it runs
   */
  PoliteJvm(JavaHome java, Path directory) throws IOException {
    this.jvm =
        Jvm.start(
            directory,
            Map.of(),
            Stream.of(
                    List.of(java.tool("java")),
                    Jvm.SHORT_LIVED,
                    // Else the JVM does not verify the classes of its own server.
                    List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal"),
                    List.of("-javaagent:" + agent(directory)),
                    List.of("-cp", System.getProperty("java.class.path")),
                    List.of(PoliteDriver.class.getName()))
                .flatMap(List::stream)
                .toList());
  }

  /** Starts a server of the application. */
  SampleServer.Ports start(String kind) throws IOException {
    return SampleServer.Ports.parse(answer("start " + kind));
  }

  /** Starts a server of the agent's own. */
  SampleServer.Ports startOwn(String kind) throws IOException {
    return SampleServer.Ports.parse(answer("own " + kind));
  }

  /** Makes all servers polite that are loaded; returns their names in order. */
  String makePolite() throws IOException {
    return answer("polite");
  }

  /** What fastdeploy said on stderr. */
  List<String> said() {
    return jvm.said();
  }

  private String answer(String command) throws IOException {
    int number = answers++;
    jvm.send(command);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !jvm.alive() || answered().count() > number);
    return answered()
        .skip(number)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(command + ": no answer: " + jvm.out() + " " + jvm.err()));
  }

  private Stream<String> answered() {
    return jvm.out().stream()
        .filter(line -> line.startsWith(PoliteDriver.ANSWER))
        .map(line -> line.substring(PoliteDriver.ANSWER.length()));
  }

  private static Path agent(Path directory) throws IOException {
    Path jar = Files.createTempFile(directory, "driver", ".jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        PoliteDriver.class.getProtectionDomain().getCodeSource().getLocation().toString());
    attributes.put(new Attributes.Name("Premain-Class"), PoliteDriver.class.getName());
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }

  @Override
  public void close() {
    jvm.close();
  }
}
