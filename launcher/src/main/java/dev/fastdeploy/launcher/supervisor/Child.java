package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessStat;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer;
import dev.fastdeploy.launcher.supervisor.channel.Outbox;
import dev.fastdeploy.launcher.supervisor.configuration.InjectedOptions;
import dev.fastdeploy.launcher.supervisor.event.ExitWatch;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.leftovers.LeftProcesses;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.output.ServicePipes;
import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import dev.fastdeploy.launcher.supervisor.process.ProcessTable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process of the service, from its start to its end, with what is known of it. */
@SupervisorThread
final class Child {

  private final PipedProcess piped;
  private final Process process;
  private final ExitWatch exit;
  private final boolean agentExpected;

  private final RunningRelease running;
  private boolean onProbationInPlace;
  private ChildState state = ChildState.RUNNING;
  private final Deque<Agent> agents = new ArrayDeque<>();
  private boolean hello;
  private boolean saidAll;
  private boolean saidDeaf;
  private boolean silent;
  private String listens = "";
  private String unreachable = "";
  private boolean announced;
  private ArchiveOffer archive = new ArchiveOffer.None("nothing was decided yet");
  private @Nullable Integer exitCode;
  private final long startedTicks;
  private List<ProcessStat> descendants = List.of();

  /** The release that it runs now, read by the threads that carry its output. */
  private static final class RunningRelease {
    private volatile Release release;

    RunningRelease(Release release) {
      this.release = release;
    }

    Commit commit() {
      return release.commit();
    }
  }

  private Child(RunningRelease running, PipedProcess piped, boolean agentExpected, ExitWatch exit) {
    this.running = running;
    this.piped = piped;
    this.exit = exit;
    this.process = piped.process();
    this.agentExpected = agentExpected;
    this.startedTicks = ProcessStat.of(process.pid()).map(ProcessStat::startedTicks).orElse(0L);
  }

  /** An agent that said hello from this process or one below it. */
  private record Agent(Channel channel, long pid, Outbox outbox) {}

  /**
   * Starts the service. Must be called from the main thread, see {@link PipedProcess#start}.
   *
   * @param pipes the pipes for its output, which nobody else uses
   * @param before the previous process, whose output comes out first
   * @throws IOException if the command cannot be started, with a message for the user
   */
  static Child start(
      Release release,
      List<String> command,
      boolean agentExpected,
      Map<String, String> environment,
      ServicePipes pipes,
      Logs logs,
      @Nullable PipedProcess before,
      Consumer<SupervisorEvent> events)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(release.directory().toFile());
    InjectedOptions.restoreLocale(builder.environment());
    builder.environment().putAll(environment);
    InjectedOptions.removeKept(builder.environment());
    RunningRelease running = new RunningRelease(release);
    PipedProcess piped;
    try {
      piped = PipedProcess.start(builder, pipes, logs, running::commit, before);
    } catch (IOException cannotStart) {
      throw new IOException(
          "'" + command.get(0) + "' cannot be started: " + cannotStart.getMessage(), cannotStart);
    }
    return new Child(running, piped, agentExpected, new ExitWatch(piped.process(), events));
  }

  /** Returns the release that it runs. */
  Release release() {
    return running.release;
  }

  /**
   * Records that it goes on with another release.
   *
   * @param onProbation whether the release is not proven yet
   */
  void runs(Release other, boolean onProbation) {
    running.release = other;
    onProbationInPlace = onProbation;
  }

  /** Returns true if it runs a release that it reloaded in place and that is not proven yet. */
  boolean onProbationInPlace() {
    return onProbationInPlace;
  }

  /** Returns the process itself. */
  Process process() {
    return process;
  }

  /** Returns the watch that reports its end. */
  ExitWatch exit() {
    return exit;
  }

  /** Returns the state of the process, as far as it is known. */
  ChildState state() {
    return state;
  }

  /** Returns true if it was started with the agent. */
  boolean agentExpected() {
    return agentExpected;
  }

  /** Returns true if an agent has said hello from it. */
  boolean hello() {
    return hello;
  }

  /** Records the address of its agent's endpoint; returns true if that is news. */
  boolean listensOn(String address) {
    boolean news = !address.equals(listens);
    listens = address;
    return news;
  }

  /** Records why nobody can reach its agent; empty if that is over. Returns true if it is news. */
  boolean isUnreachable(String because) {
    boolean news = !because.equals(unreachable);
    unreachable = because;
    return news;
  }

  /** Returns why nobody can reach its agent, a sentence; empty if no reason is known. */
  String unreachable() {
    return unreachable;
  }

  /** Returns the address of its agent's endpoint; empty if the agent has not named one. */
  String listens() {
    return listens;
  }

  /** Records that it has run for long and no agent was heard of. */
  void isSilent() {
    silent = true;
  }

  /** Returns true if it was started with an agent and has run for long without a word from it. */
  boolean silent() {
    return silent;
  }

  /** Records the archive of classes that it was started with, or why there is none. */
  void isOffered(ArchiveOffer offer) {
    archive = offer;
  }

  /** Returns the archive of classes that it was started with; empty if it has none. */
  Optional<ArchiveOffer.Offered> archive() {
    return archive instanceof ArchiveOffer.Offered offered
        ? Optional.of(offered)
        : Optional.empty();
  }

  /** Returns true if an agent of the service is connected. */
  boolean hasAgent() {
    return !agents.isEmpty();
  }

  /** Returns true if its agent's channel has ended and no other agent is expected. */
  boolean saidAll() {
    return saidAll;
  }

  /** Returns true if it has announced a reload. */
  boolean announced() {
    return announced;
  }

  /** Returns its exit code; empty while it runs. */
  Optional<Integer> exitCode() {
    return Optional.ofNullable(exitCode);
  }

  /**
   * Takes an agent that says hello. The first one whose process is this child or descends from it
   * is the service's; later ones wait for its place.
   *
   * @return true if it belongs to this child
   */
  boolean adopt(Channel from, long pid) {
    if (exitCode != null || !isInTree(pid)) {
      return false;
    }
    agents.add(new Agent(from, pid, new Outbox(from)));
    hello = true;
    if (owns(from)) {
      tell(new ChannelMessage.Adopted());
    }
    return true;
  }

  /**
   * Records that a channel has ended. If it was the service's and nothing had begun to end, its
   * process was one that a start script runs before the service, or one that a script will replace:
   * the next agent to say hello gets the place. The child itself has no successor.
   *
   * @return true if the place was freed
   */
  boolean channelEnded(Channel ended) {
    Agent first = agents.peek();
    if (first == null || !owns(ended)) {
      agents.removeIf(agent -> agent.channel().equals(ended));
      return false;
    }
    if (state != ChildState.RUNNING || first.pid() == process.pid()) {
      saidAll = true;
      return false;
    }
    agents.remove();
    tell(new ChannelMessage.Adopted());
    return true;
  }

  private boolean isInTree(long pid) {
    Optional<ProcessHandle> candidate = ProcessHandle.of(pid);
    while (candidate.isPresent()) {
      if (candidate.get().pid() == process.pid()) {
        return true;
      }
      candidate = candidate.get().parent();
    }
    return pid == process.pid();
  }

  /** Returns true if a channel is this child's. */
  boolean owns(Channel candidate) {
    Agent first = agents.peek();
    return first != null && first.channel().equals(candidate);
  }

  /** Records that it has announced that it will end to be started again. */
  void announce() {
    announced = true;
    state = ChildState.DRAINING;
  }

  /** Records that it was told to stop. */
  void stopping() {
    state = ChildState.STOPPING;
  }

  /** Records that it has ended. */
  void exited(int code) {
    exitCode = code;
    state = ChildState.EXITED;
  }

  /** Sends a message to the agent, if there is one. Never waits for it. */
  void tell(ChannelMessage message) {
    Agent first = agents.peek();
    if (first != null && !first.outbox().tell(message) && !saidDeaf) {
      saidDeaf = true;
      Diagnostics.say(
          "the agent in the process " + first.pid() + " does not read what the launcher tells it");
    }
  }

  /** Returns the process with its output. */
  PipedProcess piped() {
    return piped;
  }

  /** Remembers its present descendants: after its end nobody can tell whose they were. */
  void rememberDescendants() {
    if (process.isAlive()) {
      descendants = ProcessTable.now().descendants(process.pid());
    }
  }

  /** Kills the remembered descendants that still live. */
  void killDescendants() {
    ProcessTable living = ProcessTable.now();
    for (ProcessStat descendant : descendants) {
      if (living.has(descendant)) {
        ProcessHandle.of(descendant.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    descendants = List.of();
  }

  /** Returns its start in clock ticks since boot; 0 if it ended before the kernel was asked. */
  long startedTicks() {
    return startedTicks;
  }

  /**
   * Returns what is known of what it left, once it has ended.
   *
   * @param began the time before which nothing was started by the service, in clock ticks since
   *     boot
   */
  LeftProcesses.Service left(long began, long launcherTicks) {
    return new LeftProcesses.Service(
        process.pid(), began, startedTicks, descendants, launcherTicks);
  }
}
