package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.StrategyName;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer;
import dev.fastdeploy.launcher.supervisor.archive.ServiceArchives;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.invocation.AgentModule;
import dev.fastdeploy.launcher.supervisor.invocation.ArchiveHint;
import dev.fastdeploy.launcher.supervisor.invocation.ImagePaths;
import dev.fastdeploy.launcher.supervisor.invocation.InitTasks;
import dev.fastdeploy.launcher.supervisor.invocation.JvmOptions;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceVariables;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.output.PipeStock;
import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import dev.fastdeploy.launcher.supervisor.process.ServiceMark;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Spawns one process from a release, the service or an init task: command line, environment,
 * streams. {@link ReleaseStarter} decides which release starts, and what follows if it cannot.
 */
@SupervisorThread
final class ProcessSpawner {

  private final RunOptions options;
  private final ServiceCommand command;
  private final Releases releases;
  private final Optional<Path> channel;
  private final Optional<Path> listeners;
  private final Map<String, String> platform;
  private final ServiceVariables given;
  private final Consumer<SupervisorEvent> events;
  private final Logs logs;
  private final ServiceMark mark = ServiceMark.create();
  private final PipeStock pipes = new PipeStock();
  private final ServiceArchives archives;
  private int attempt;
  private Map<String, String> lastVariables = Map.of();

  /**
   * @param channel the socket that the agent connects to; empty if it cannot
   * @param listeners the socket at which it finds listeners that are held; empty if none ever are
   * @param platform variables that tell the service about its task
   * @param logs the destination of the service's output
   */
  ProcessSpawner(
      RunOptions options,
      ServiceCommand command,
      Releases releases,
      Optional<Path> channel,
      Optional<Path> listeners,
      Map<String, String> platform,
      Logs logs,
      Consumer<SupervisorEvent> events) {
    this.options = options;
    this.command = command;
    this.releases = releases;
    this.channel = channel;
    this.listeners = listeners;
    this.platform = platform;
    this.logs = logs;
    this.given = new ServiceVariables(options.service().environment());
    this.events = events;
    this.archives =
        new ServiceArchives(
            options.service().archive(),
            StrategyName.prepared(options.settings()).contains(StrategyName.MODULE),
            releases.home(),
            releases.writable());
  }

  /**
   * Spawns the service.
   *
   * @param isNew whether the release is on probation
   * @param before the previous process, if there was one, whose output comes out first
   * @throws IOException if the command cannot be started, with a message for the user
   * @throws IllegalArgumentException if its variables could not be read, with a message for the
   *     user
   */
  Child start(Release release, boolean isNew, @Nullable PipedProcess before) throws IOException {
    releases.requireOurs(release);
    attempt++;
    Map<String, String> variables = given.forService(release);
    ArchiveOffer archive = archive(release, isNew, variables);
    command.addAgent(variables);
    List<String> line =
        archive instanceof ArchiveOffer.Offered offered ? offered.line() : command.line(release);
    variables.putAll(contract(release, mark));
    variables.put(ProcessContract.CLASS_ARCHIVE, archive.told());
    listeners.ifPresent(path -> variables.put(ProcessContract.LISTENERS, path.toString()));
    lastVariables = variables;
    Child child =
        Child.start(
            release,
            options.end().signalGroup() ? Signals.inOwnGroup(line) : line,
            command.hasAgent() && channel.isPresent(),
            variables,
            pipes.take(),
            logs,
            before,
            events);
    child.isOffered(archive);
    publishFacts(child);
    pipes.refill();
    if (attempt == 1 && command.hasAgent()) {
      sayPathsIntoImage(variables);
    }
    return child;
  }

  /** Only a JVM whose agent reports tells whether it came up with its archive. */
  private ArchiveOffer archive(Release release, boolean isNew, Map<String, String> variables)
      throws IOException {
    List<String> line = command.line(release);
    if (!command.hasAgent() || channel.isEmpty()) {
      return new ArchiveOffer.None("the service runs without the agent");
    }
    return archives.offer(
        new ServiceArchives.Start(
            release,
            isNew,
            line,
            command.ownLine(release),
            JvmOptions.besides(line, variables, release.directory())));
  }

  /** Returns the archives of classes that services are started with. */
  ServiceArchives archives() {
    return archives;
  }

  /** Returns the mark in the environment of each service that is started here. */
  ServiceMark mark() {
    return mark;
  }

  /** Returns a guess at why the service that was started last ended before its agent said hello. */
  Optional<String> hint(Child ended, int code) {
    if (ended.hello() || !command.hasAgent()) {
      return Optional.empty();
    }
    List<String> line = command.line(ended.release());
    Path directory = ended.release().directory();
    return AgentModule.missing(code, line, lastVariables, directory)
        .or(() -> ArchiveHint.of(code, line, lastVariables, directory));
  }

  /**
   * Says so before the first deploy, which they would make useless; the service need not wait for
   * it.
   */
  private void sayPathsIntoImage(Map<String, String> variables) {
    new ImagePaths(releases.image().directory(), releases.home().current())
        .warnings(
            command.relativeWords(),
            name -> variables.getOrDefault(name, System.getenv().getOrDefault(name, "")))
        .forEach(Diagnostics::say);
  }

  /** Returns the number of the last start, from 1. */
  int attempt() {
    return attempt;
  }

  /**
   * Starts an init task.
   *
   * @param before the previous task, if there was one, whose output comes out first
   * @throws IOException if it cannot be started, with a message for the user
   * @throws IllegalArgumentException if its variables cannot be read, with a message for the user
   */
  PipedProcess startInitTask(String task, Release release, @Nullable PipedProcess before)
      throws IOException {
    releases.requireOurs(release);
    ProcessBuilder builder =
        InitTasks.builder(task, release.directory(), initTaskEnvironment(release));
    try {
      return PipedProcess.start(builder, pipes.take(), logs, release::commit, before);
    } catch (IOException cannotStart) {
      throw new IOException(
          "the init task '" + task + "' cannot be started: " + cannotStart.getMessage(),
          cannotStart);
    }
  }

  private Map<String, String> initTaskEnvironment(Release release) {
    Map<String, String> variables = given.forInitTask(release);
    variables.putAll(contract(release, ServiceMark.OF_INIT_TASKS));
    return variables;
  }

  /** Returns the variables that fastdeploy itself gives the service. */
  private Map<String, String> contract(Release release, ServiceMark marked) {
    Map<String, String> variables = new LinkedHashMap<>(platform);
    for (Setting setting : Setting.values()) {
      if (setting.isReadBy(Setting.Reader.AGENT)) {
        options
            .settings()
            .said(setting)
            .ifPresent(value -> variables.put(setting.variable(), setting.absolute(value)));
      }
    }
    variables.put(ProcessContract.HOME, releases.home().given().toString());
    variables.put(ProcessContract.COMMIT, release.commit().id());
    variables.put(ProcessContract.RELEASE, release.directory().toString());
    channel.ifPresent(path -> variables.put(ProcessContract.CHANNEL, path.toString()));
    variables.put(ProcessContract.MARK, marked.value());
    variables.put(ProcessContract.ATTEMPT, Integer.toString(attempt));
    return variables;
  }

  /** Tells other processes on this machine what runs. */
  void publishFacts(Child child) {
    if (!releases.writable()) {
      return;
    }
    long self = ProcessHandle.current().pid();
    LauncherFacts facts =
        new LauncherFacts(
            self,
            LauncherFacts.startedTicks(self),
            child.process().pid(),
            LauncherFacts.startedTicks(child.process().pid()),
            child.release().commit().id(),
            command.hasAgent(),
            heard(child),
            options.probation().tellsReadiness(),
            mark.value(),
            listens(child),
            child.unreachable());
    try {
      facts.write(releases.home());
    } catch (IOException failure) {
      Diagnostics.say(
          Diagnostics.reason(failure) + "; commands in this container do not know what runs");
    }
  }

  /** Returns false if the agent is silent. Right after a start it is still waited for. */
  private static boolean heard(Child child) {
    return child.hello() || !child.silent();
  }

  /** Returns the address of the agent's endpoint; empty if it is the one that the home implies. */
  private String listens(Child child) {
    return inTheHome(child.listens()) ? "" : child.listens();
  }

  /** Returns true if an agent's address is the socket in the home, which need not be recorded. */
  boolean inTheHome(String address) {
    return address.equals("unix:" + releases.home().controlSocket());
  }

  /** Removes the facts that other processes read; they are no longer true. */
  void withdrawFacts() {
    try {
      Files.deleteIfExists(releases.home().launcherFacts());
    } catch (IOException unwritable) {
      // The facts carry the launcher's pid and start time, which no other process will have.
    }
  }

  /** Starts to probe the readiness of a service without an agent; empty if there is no probe. */
  Optional<ReadinessProber> prober(Child child) {
    try {
      return options
          .probation()
          .readiness()
          .map(question -> new ReadinessProber(question, child.process(), events));
    } catch (OutOfMemoryError noThread) {
      Diagnostics.say(
          "the service is not asked whether it is ready: " + LauncherThreads.remedy(noThread));
      return Optional.empty();
    }
  }
}
