package dev.fastdeploy.agent.testing;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A home with two releases of {@link TestService}, and the way to start it as a launcher does. */
public final class ServiceFixture {

  public static final Commit RUNNING = new Commit("aaa");
  public static final Commit NEXT = new Commit("bbb");

  private static final Path UNPACKED = Path.of("target", "unpacked-payload").toAbsolutePath();

  private final Path root;
  private final Home home;
  private final Release running;

  /**
   * @param root an empty directory with a short path
   */
  public ServiceFixture(Path root) throws IOException {
    this.root = root;
    this.home = new Home(root.resolve("home"));
    home.create();
    running = publish(RUNNING);
    publish(NEXT);
    home.change(state -> state.withNewImage(RUNNING));
    home.pointCurrentTo(RUNNING);
  }

  public Home home() {
    return home;
  }

  /** Where a launcher's side may listen. */
  public Path channel() {
    return root.resolve("l.sock");
  }

  /** The address of the endpoint unless another is configured. */
  public String address() {
    return "unix:" + home.controlSocket();
  }

  /** Lets the service end. */
  public void end() throws IOException {
    Files.createFile(endFile());
  }

  /** Starts the service with the agent. */
  public Jvm start(JavaHome java, String agentArguments, String mode) throws IOException {
    return start(java, AgentJar.path(), agentArguments, mode, List.of());
  }

  /** The same with another jar and with options of the JVM. */
  public Jvm start(
      JavaHome java, Path jar, String agentArguments, String mode, List<String> options)
      throws IOException {
    return start(List.of(), java, jar, agentArguments, mode, options);
  }

  /** Starts the service as the child of a shell, in which the launcher can be killed. */
  public Jvm startInShell(JavaHome java, String agentArguments, String mode) throws IOException {
    return start(
        List.of("sh", "-c", "\"$@\" & wait", "sh"),
        java,
        AgentJar.path(),
        agentArguments,
        mode,
        List.of());
  }

  /** Starts the service in a process that may open so many files. */
  public Jvm startLimited(JavaHome java, int descriptors, String agentArguments, String mode)
      throws IOException {
    return start(
        List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh"),
        java,
        AgentJar.path(),
        agentArguments,
        mode,
        List.of());
  }

  /**
   * Starts the service from the module path.
   *
   * @param module and its main class
   */
  public Jvm startModule(JavaHome java, Path modules, String module, String agentArguments)
      throws IOException {
    return start(
        List.of(),
        java,
        AgentJar.path(),
        agentArguments,
        List.of("-p", modules.toString(), "-m", module, endFile().toString()));
  }

  /**
   * Starts it as a command says.
   *
   * @param environment what is set besides; may name another home
   * @param words of the command that end with the main class, or with what stands for it
   */
  public Jvm startAs(
      JavaHome java, String agentArguments, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> all = new ArrayList<>(words);
    all.add(endFile().toString());
    return start(List.of(), java, AgentJar.path(), agentArguments, environment, all);
  }

  private Jvm start(
      List<String> before,
      JavaHome java,
      Path jar,
      String agentArguments,
      String mode,
      List<String> options)
      throws IOException {
    List<String> words = new ArrayList<>(options);
    words.addAll(
        List.of("-cp", "classes", TestService.class.getName(), endFile().toString(), mode));
    return start(before, java, jar, agentArguments, words);
  }

  private Jvm start(
      List<String> before, JavaHome java, Path jar, String agentArguments, List<String> words)
      throws IOException {
    return start(before, java, jar, agentArguments, Map.of(), words);
  }

  private Jvm start(
      List<String> before,
      JavaHome java,
      Path jar,
      String agentArguments,
      Map<String, String> variables,
      List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(java.tool("java"));
    command.addAll(Jvm.SHORT_LIVED);
    command.add("-javaagent:" + jar + (agentArguments.isEmpty() ? "" : "=" + agentArguments));
    command.addAll(words);
    Map<String, String> environment = new HashMap<>(variables);
    // Unpacked once for all: 30 MB in each home would cost a second of each test.
    environment.put(Setting.PAYLOAD_DIR.variable(), UNPACKED.toString());
    environment.putIfAbsent(ProcessContract.HOME, home.given().toString());
    environment.put(ProcessContract.COMMIT, RUNNING.id());
    environment.put(ProcessContract.RELEASE, running.directory().toString());
    if (Files.exists(channel())) {
      environment.put(ProcessContract.CHANNEL, channel().toString());
    }
    return Jvm.start(running.directory(), environment, command);
  }

  private Path endFile() {
    return root.resolve("end");
  }

  private Release publish(Commit commit) throws IOException {
    Path staging = home.newStagingDirectory();
    for (Class<?> type : List.of(TestService.class, TestService.OwnLogManager.class)) {
      String name = type.getName().replace('.', '/') + ".class";
      Path file = staging.resolve("classes").resolve(name);
      Files.createDirectories(file.getParent());
      try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
        Files.copy(in, file);
      }
    }
    return home.publish(staging, commit);
  }
}
