package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.testing.AgentJar;
import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.ReleasedApplication;
import dev.fastdeploy.agent.testing.TestJar;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.ProcessContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A home with releases of {@link ReleasedApplication}, and JVMs that run one of them. */
final class ReleaseFixture {

  /** Unpacked once for all tests. */
  private static final Path PAYLOAD = Path.of("target", "test-payload").toAbsolutePath();

  private static final Class<?> APPLICATION = ReleasedApplication.class;

  private final Home home;
  private final Path signals;

  /**
   * @param root an empty directory with a short path
   */
  ReleaseFixture(Path root) throws IOException {
    home = new Home(root.resolve("home"));
    home.create();
    signals = Files.createDirectory(root.resolve("signals"));
  }

  Home home() {
    return home;
  }

  /** Adds a release whose classes lie in the folder {@code classes}. */
  Path release(String commit, String steps) throws IOException {
    Path staging = home.newStagingDirectory();
    writeApplication(staging.resolve("classes"), commit, steps);
    return publish(staging, commit);
  }

  /** A release that differs from another in what {@code tell} tells alone. */
  Path releaseWithAnotherBody(String commit, String other, String steps) throws IOException {
    Path staging = home.newStagingDirectory();
    Path classes = staging.resolve("classes");
    writeApplication(classes, other, steps);
    Path file = classes.resolve(TestJar.nameOf(APPLICATION));
    String code = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, code.replace("old body", "new body"), StandardCharsets.ISO_8859_1);
    return publish(staging, commit);
  }

  /** Gives a directory the name of a release. */
  Path publish(Path staging, String commit) throws IOException {
    return home.publish(staging, new Commit(commit)).directory();
  }

  /** The application's classes and the resource that tells it what to do. */
  static void writeApplication(Path classes, String commit, String steps) throws IOException {
    for (Class<?> type : ReleasedApplication.CLASSES) {
      copy(type, classes);
    }
    Files.writeString(
        classes.resolve(ReleasedApplication.RESOURCE),
        "commit=" + commit + "\nsteps=" + steps + "\n");
  }

  private static void copy(Class<?> type, Path classes) throws IOException {
    Path file = classes.resolve(TestJar.nameOf(type));
    Files.createDirectories(file.getParent());
    Files.write(file, TestJar.bytesOf(type));
  }

  /** Lets those go on that wait for a file of this name. */
  void signal(String file) throws IOException {
    Files.createFile(signals.resolve(file));
  }

  /** Runs a release as the launcher would, with the strategy prepared and driven by its input. */
  Jvm start(JavaHome java, Path release, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("-cp", "classes", APPLICATION.getName()));
    command.add(signals.toString());
    command.addAll(List.of(arguments));
    return start(java, release, List.of(), command);
  }

  /** The same where nobody has told which release it is. */
  Jvm startUnknown(JavaHome java, Path release) throws IOException {
    List<String> command = List.of("-cp", "classes", APPLICATION.getName(), signals.toString());
    return Jvm.start(release, Map.of(), command(java, List.of(), command));
  }

  /** The same with a command of its own. */
  Jvm start(JavaHome java, Path release, List<String> options, List<String> command)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put(ProcessContract.HOME, home.given().toString());
    environment.put(ProcessContract.COMMIT, release.getFileName().toString());
    environment.put(ProcessContract.RELEASE, release.toString());
    environment.put("LC_ALL", "C.UTF-8");
    return Jvm.start(release, environment, command(java, options, command));
  }

  private static List<String> command(JavaHome java, List<String> options, List<String> command) {
    List<String> all = new ArrayList<>();
    all.add(java.tool("java"));
    all.addAll(Jvm.SHORT_LIVED);
    all.addAll(options);
    all.add(
        "-javaagent:"
            + AgentJar.driven()
            + "=reload.fallback=module,drain.timeout=2s,payload.dir="
            + PAYLOAD);
    all.addAll(command);
    return all;
  }

  /** What the application is given first. */
  String signals() {
    return signals.toString();
  }
}
