package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.launcher.supervisor.channel.ChannelServer;
import dev.fastdeploy.launcher.supervisor.configuration.DeployPreconditions;
import dev.fastdeploy.launcher.supervisor.configuration.ExactWords;
import dev.fastdeploy.launcher.supervisor.configuration.InjectedOptions;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.configuration.UnknownVariables;
import dev.fastdeploy.launcher.supervisor.event.PatientSource;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.follow.RecordQuestion;
import dev.fastdeploy.launcher.supervisor.health.HealthServer;
import dev.fastdeploy.launcher.supervisor.health.SnapshotBoard;
import dev.fastdeploy.launcher.supervisor.invocation.EcsMetadata;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.listeners.HeldListeners;
import dev.fastdeploy.launcher.supervisor.output.LauncherLines;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import dev.fastdeploy.launcher.supervisor.process.OrphanReaper;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.register.Registration;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Puts the launcher together for a container: everything that its {@link Supervisor} needs around
 * it.
 */
public final class LauncherRun {

  private LauncherRun() {}

  /**
   * Runs {@code run}: starts the service and stays with it until it ends for good. Must be called
   * on the main thread.
   *
   * @param arguments the arguments after {@code run}
   * @param jar {@code fastdeploy.jar}
   * @return the exit code of the launcher
   * @throws IllegalArgumentException if the arguments are wrong, with a message for the user
   * @throws IOException if nothing could be started, with a message for the user
   */
  public static int run(List<String> arguments, Path jar) throws IOException {
    if (arguments.equals(List.of("--help"))) {
      System.out.print(RunOptions.help());
      return 0;
    }
    LauncherThreads.sayWhatEndsAny();
    Map<String, String> environment = System.getenv();
    ExactWords.require(arguments, environment);
    RunOptions options = RunOptions.parse(arguments, System.getProperties(), environment);
    Registration registration = Registration.of(options.settings(), environment);
    ServiceCommand command = ServiceCommand.of(options, jar);
    command.requireNoPathInto(options.image().release());
    Logs logs = Logs.ofThisProcess(options.platform().logFormat());
    SnapshotBoard board = new SnapshotBoard(System.currentTimeMillis());
    Closeable health = answer(options, board);
    try (health;
        LauncherLines lines = LauncherLines.to(logs)) {
      Diagnostics.sayBy(lines);
      InjectedOptions.warning(environment).ifPresent(Diagnostics::say);
      UnknownVariables.warning(environment.keySet()).ifPresent(Diagnostics::say);
      AgentWatch.visible(
              command,
              options.service().command(),
              options.service().agent(),
              options.image().release())
          .ifPresent(Diagnostics::say);
      DeployPreconditions.missing(options, command.hasAgent()).forEach(Diagnostics::say);
      return run(options, command, jar, environment, logs, board, registration);
    }
  }

  private static Closeable answer(RunOptions options, SnapshotBoard board) throws IOException {
    return options.platform().health().isPresent()
        ? HealthServer.listen(options.platform().health().get(), board)
        : () -> {};
  }

  private static int run(
      RunOptions options,
      ServiceCommand command,
      Path jar,
      Map<String, String> environment,
      Logs logs,
      SnapshotBoard board,
      Registration registration)
      throws IOException {
    BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();
    Signals signals = new Signals();
    if (options.end().signalGroup()) {
      signals.requireGroups();
    }
    OrphanReaper.startIfInit();
    signals.receive(
        name -> {
          addSignal(new SupervisorEvent.SignalReceived(name), events);
          if (Signals.isStop(name)) {
            registration.leave();
          }
        });
    Map<String, String> task = EcsMetadata.read(environment, options.platform().ecsTimeout());
    logs.tellAlso(EcsMetadata.logFields(task));
    Releases releases =
        Releases.open(
            new Home(options.home()), options.image().commit(), options.image().release());
    releases.removeOtherPayloads(new Payload(jar));
    registration.start(EcsMetadata.zone(task), LauncherThreads::start);
    try (registration;
        ChannelServer channels =
            ChannelServer.listen(releases.home().run(), new PatientSource(events))) {
      ConnectionHold hold = hold(options, command, channels, event -> addOnce(event, events));
      ProcessSpawner spawner =
          new ProcessSpawner(
              options, command, releases, channels.path(), hold.socket(), task, logs, events::add);
      RecordQuestion question = RecordQuestion.of(options, jar, System.getProperties());
      Duration patience = AgentWatch.PATIENCE;
      return new Supervisor(
              options, releases, spawner, signals, events, question, hold, patience, board)
          .supervise();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** Only a service's agent can give and adopt listeners. */
  private static ConnectionHold hold(
      RunOptions options,
      ServiceCommand command,
      ChannelServer channels,
      Consumer<SupervisorEvent> events) {
    if (channels.path().isEmpty() || !command.hasAgent()) {
      return ConnectionHold.off();
    }
    // Not a longer name than the channel's: its path may have the greatest length that there is.
    HeldListeners listeners =
        new HeldListeners(channels.path().get().resolveSibling("listen.sock"), events);
    listeners.removeLeft();
    return new ConnectionHold(
        options.end().holdConnections(), options.probation().readiness().isPresent(), listeners);
  }

  /**
   * Queues a signal as the kernel does: one that is already pending is not sent again (signal(7)).
   */
  public static void addSignal(
      SupervisorEvent.SignalReceived signal, BlockingQueue<SupervisorEvent> events) {
    addOnce(signal, events);
  }

  private static void addOnce(SupervisorEvent event, BlockingQueue<SupervisorEvent> events) {
    if (!events.contains(event)) {
      events.add(event);
    }
  }
}
