package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.control.ClassArchive;
import dev.fastdeploy.agent.control.ControlServer;
import dev.fastdeploy.agent.control.ControlSettings;
import dev.fastdeploy.agent.control.InstanceFacts;
import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.deploy.ConnectionHolding;
import dev.fastdeploy.agent.deploy.DeployPolicy;
import dev.fastdeploy.agent.deploy.Deployer;
import dev.fastdeploy.agent.deploy.ProbationTimes;
import dev.fastdeploy.agent.deploy.RunningRelease;
import dev.fastdeploy.agent.deploy.ServiceFacts;
import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.agent.deploy.Waiting;
import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.module.ModuleReload;
import dev.fastdeploy.agent.reload.process.ConnectionDrain;
import dev.fastdeploy.agent.reload.process.ProcessReload;
import dev.fastdeploy.agent.reload.process.connections.HeldConnections;
import dev.fastdeploy.agent.reload.process.connections.PoliteEnd;
import dev.fastdeploy.agent.reload.process.polite.PoliteServers;
import dev.fastdeploy.agent.reload.redefine.RedefineReload;
import dev.fastdeploy.agent.staging.StagerApart;
import dev.fastdeploy.contract.AgentVia;
import dev.fastdeploy.contract.ApplicationName;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Readiness;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StrategyName;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts of the agent, assembled for one service. */
final class Agent {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final String LOOP_ENDED =
      "its thread ended, probably for lack of memory (-XX:MaxMetaspaceSize); it no longer listens";
  private static final String NOTHING_BOUND =
      "the service listens on no TCP port that was seen when it was bound";
  private static final Duration READER_PATIENCE = Duration.ofMillis(250);

  private final Settings settings;
  private final ServiceEnvironment environment;
  private final Path jar;
  private final JvmExit exit;
  private final ClassOriginCheck classes;
  private final StrategyList strategies;
  private final RecordedListeners listeners;
  private final @Nullable HeldConnections connections;
  private volatile String launcherHoldsNot = "";

  /**
   * @param module the strategy that was prepared before the application's {@code main}, or null
   * @param noModuleBecause the reason why it was not prepared although the settings ask for it, or
   *     null
   * @param jar {@code fastdeploy.jar}
   * @param listeners the record of what the service listens on
   * @throws IllegalArgumentException if a setting is wrong, with a message for the user
   */
  Agent(
      Settings settings,
      ServiceEnvironment environment,
      Instrumentation instrumentation,
      Path jar,
      @Nullable ModuleReload module,
      @Nullable String noModuleBecause,
      RecordedListeners listeners) {
    this.settings = settings;
    this.environment = environment;
    this.jar = jar;
    this.listeners = listeners;
    this.connections = connections(listeners, instrumentation, environment);
    this.exit =
        new JvmExit(
            (int) settings.number(Setting.RELOAD_EXIT_CODE, 1, 255),
            settings.requiredDuration(Setting.DRAIN_TIMEOUT));
    ApplicationClasses application = module == null ? ApplicationClasses.UNTOUCHED : module;
    this.classes =
        new ClassOriginCheck(
            instrumentation, application, environment.home(), environment.release(), jar);
    RedefineReload redefine = new RedefineReload(instrumentation, application);
    this.strategies =
        new StrategyList(
            settings,
            module == null ? List.of(redefine) : List.of(module, redefine),
            noModuleBecause == null ? Map.of() : Map.of(StrategyName.MODULE, noModuleBecause));
  }

  private static @Nullable HeldConnections connections(
      RecordedListeners listeners,
      Instrumentation instrumentation,
      ServiceEnvironment environment) {
    Path channel = environment.channel();
    // Without a launcher nobody would hold them.
    if (listeners.hooks() == null || channel == null) {
      return null;
    }
    PoliteServers servers = new PoliteServers(instrumentation);
    return new HeldConnections(listeners.hooks(), () -> politeEnd(servers.endKeptAlive()), channel);
  }

  private static PoliteEnd politeEnd(PoliteServers.Changed changed) {
    if (changed.names().isEmpty() || !changed.all()) {
      return PoliteEnd.NONE;
    }
    return changed.severalAtOnce() ? PoliteEnd.OF_SEVERAL_AT_ONCE : PoliteEnd.OF_ONE_BY_ONE;
  }

  private ConnectionHolding holding() {
    if (connections == null) {
      String reason = listeners.missingBecause();
      return reason == null ? ConnectionHolding.OFF : new ConnectionHolding(List.of(), reason);
    }
    List<String> held = connections.listeners();
    String unusable = connections.unusableBecause().orElse(launcherHoldsNot);
    String reason = unusable.isEmpty() && held.isEmpty() ? NOTHING_BOUND : unusable;
    return new ConnectionHolding(reason.isEmpty() ? held : List.of(), reason);
  }

  /** Starts everything. The launcher hears of this process first, since it waits for that. */
  void start() {
    @Nullable LauncherLink link = connect();
    @Nullable ExitHook hook = ExitHook.register(exit);
    if (hook == null) {
      // A program that is over before its agent is up, in a start script, say: nothing to tell.
      close(link);
      return;
    }
    // Closed last. An audit line that nobody reads must not delay a deploy.
    hook.add(Diagnostics.sayQueued(READER_PATIENCE));
    if (link != null) {
      hook.add(link);
    }
    if (isOneOfMany() && (link == null || !link.awaitAdoption())) {
      return;
    }
    if (link != null) {
      exit.setLaunched();
    }
    if (link == null) {
      createHome();
    }
    Parts parts = parts(link);
    if (link != null) {
      link.receive(new FromLauncher(parts.deployer, parts.tell));
    }
    hook.add(parts.readiness);
    hook.add(parts.deployer::processEnds);
    parts.readiness.start();
    sayWrongStore();
    listen(parts, hook);
  }

  /** Returns true if each JVM below the launcher has the agent, of which one is the service. */
  private boolean isOneOfMany() {
    return AgentVia.of(settings) == AgentVia.ENVIRONMENT;
  }

  private Parts parts(@Nullable LauncherLink link) {
    try {
      return new Parts(link);
    } catch (RuntimeException | Error failure) {
      if (link != null) {
        // Otherwise the launcher would wait for a release with a wrong setting until time runs out.
        link.tell(new ChannelMessage.AgentFailed(Diagnostics.reason(failure)));
        link.receive(new FromLauncher(null, link::tell));
      }
      throw failure;
    }
  }

  private Stager stager() {
    return new StagerApart(environment.home(), settings, jar);
  }

  /** Reports a wrong store at the start, before the first deploy would run into it. */
  private void sayWrongStore() {
    if (settings.text(Setting.STORE).isPresent()) {
      stager()
          .unusableBecause()
          .ifPresent(reason -> Diagnostics.say("nothing can be fetched from the store: " + reason));
    }
  }

  /** Creates the home where no launcher has done so. */
  private void createHome() {
    Home home = environment.home();
    try {
      if (home != null && !home.isOfOldLayout()) {
        home.create();
      }
    } catch (IOException unwritable) {
      // Deploys are refused, or fail, for the same reason.
    }
  }

  private @Nullable LauncherLink connect() {
    Path channel = environment.channel();
    if (channel == null) {
      return null;
    }
    try {
      return LauncherLink.connect(channel, AgentVersion.get(), ANSWER_TIMEOUT);
    } catch (ConnectException launcherGone) {
      // The launcher created the socket before it started this process, and has ended since.
      Diagnostics.say("the launcher has gone before the service had started; the service ends");
      exit.exitWithoutLauncher();
      return null;
    } catch (IOException failure) {
      Diagnostics.say(
          "no launcher listens on "
              + ProcessContract.CHANNEL
              + " '"
              + channel
              + "' ("
              + Diagnostics.reason(failure)
              + "); deploys are refused");
      return null;
    }
  }

  /**
   * Closes the run directory to others, since a platform may have opened the volume to a group. It
   * belongs to the launcher and the agent only. If it cannot be closed, the endpoint says what to
   * do.
   */
  private void closeRunDirectory() {
    Home home = environment.home();
    if (home != null) {
      try {
        Files.setPosixFilePermissions(home.run(), PosixFilePermissions.fromString("rwx------"));
      } catch (IOException notOurs) {
        // The endpoint checks the permissions itself.
      }
    }
  }

  private static void close(@Nullable LauncherLink link) {
    try {
      if (link != null) {
        link.close();
      }
    } catch (IOException notClosed) {
      // The end of the process closes it.
    }
  }

  private void listen(Parts parts, ExitHook hook) {
    closeRunDirectory();
    EndpointThread thread =
        new EndpointThread(
            () -> {
              if (!hook.hasBegun()) {
                failed(parts, LOOP_ENDED);
              }
            });
    try {
      ControlServer server =
          ControlServer.start(
              ControlSettings.of(settings, environment.home()),
              parts.deployer,
              facts(),
              thread,
              AgentThreads.named("call"));
      hook.add(server);
      parts.tell.accept(new ChannelMessage.Listening(server.address()));
      thread.listens();
    } catch (IOException | RuntimeException | Error failure) {
      failed(parts, Diagnostics.reason(failure));
    }
  }

  private static void failed(Parts parts, String reason) {
    try {
      Diagnostics.say("control endpoint: " + reason + "; the service runs without it");
    } finally {
      parts.tell.accept(new ChannelMessage.NotListening(reason));
    }
  }

  private InstanceFacts facts() {
    ProcessHandle self = ProcessHandle.current();
    return new InstanceFacts(
        environment.instance(),
        identity(),
        environment.home() == null ? null : environment.home().root(),
        self.pid(),
        self.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
        AgentVersion.get(),
        System.getProperty("java.version", ""),
        ClassArchive.ofThisProcess(System.getenv(ProcessContract.CLASS_ARCHIVE)));
  }

  /** Includes the name of the host or task: a copied home has the same number. */
  private String identity() {
    Home home = environment.home();
    try {
      return home == null ? "" : environment.instance() + "." + home.identity();
    } catch (IOException unwritable) {
      // Deploys are refused for this, with the reason.
      return "";
    }
  }

  private ChannelMessage classesNow() {
    ClassOrigin origin = classes.checkAnew();
    String unchangeable = origin.unchangeableBecause();
    return new ChannelMessage.Classes(
        origin.staleBecause(), unchangeable.isEmpty() ? origin.doubtfulBecause() : unchangeable);
  }

  private @Nullable Readiness probe() {
    return settings.text(Setting.READY).map(Readiness::parse).orElse(null);
  }

  private int keep() {
    return (int) settings.number(Setting.KEEP, 0, 1000);
  }

  private DeployPolicy policy(@Nullable Readiness probe, boolean withoutLauncher) {
    Optional<Duration> readyAfter = settings.duration(Setting.READY_AFTER);
    return new DeployPolicy(
        probe != null || readyAfter.isPresent(),
        keep(),
        new ProbationTimes(
            settings.requiredDuration(Setting.READY_TIMEOUT),
            readyAfter.orElse(Duration.ZERO),
            settings.requiredDuration(Setting.SOAK)),
        withoutLauncher,
        ApplicationName.of(settings).map(ApplicationName::name).orElse(""),
        EnvironmentName.of(settings).orElse(null),
        settings.requiredDuration(Setting.PRE_DRAIN));
  }

  /**
   * The parts that refer to each other: the deployer asks if the service is ready, and readiness
   * makes the deployer's watchers look.
   */
  private final class Parts implements ServiceFacts {

    private final Consumer<ChannelMessage> tell;
    private final ReadinessWatch readiness;
    private final Deployer deployer;

    Parts(@Nullable LauncherLink link) {
      Readiness probe = probe();
      List<ReloadStrategy> prepared =
          link == null
              ? strategies.withoutLauncher()
              : strategies.withLauncher(
                  new ProcessReload(
                      link, exit, connections == null ? ConnectionDrain.NONE : connections));
      LauncherPort launcher = link == null ? new NoLauncher(strategies.noLauncher()) : link;
      this.tell = link == null ? message -> {} : link::tell;
      this.readiness =
          new ReadinessWatch(
              probe,
              settings.duration(Setting.READY_AFTER).orElse(Duration.ZERO),
              tell,
              this::readinessChanged);
      this.deployer =
          new Deployer(
              policy(probe, link == null && !prepared.isEmpty()),
              new RunningRelease(environment.commit()),
              new HomeAccess(environment.home()),
              stager(),
              launcher,
              prepared,
              strategies.notPrepared(),
              exit,
              this,
              InstantSource.system(),
              Waiting.real(),
              AgentThreads.starting("deploy"));
    }

    @Override
    public Optional<String> unreadyBecause() {
      return readiness.unready();
    }

    @Override
    public boolean inService() {
      return readiness.inService();
    }

    @Override
    public void readinessWithdrawn(String because) {
      readiness.withdraw(because);
    }

    @Override
    public void readinessReturned() {
      readiness.returned();
    }

    @Override
    public ClassOrigin classes() {
      return classes.check();
    }

    @Override
    public ConnectionHolding connections() {
      return holding();
    }

    @Override
    public Optional<String> staleBecause() {
      return Optional.of(classes.checkAnew().staleInPlaceBecause())
          .filter(reason -> !reason.isEmpty());
    }

    @Override
    public void releaseChanged(Release release, boolean newFiles) {
      classes.releaseChanged(release.directory(), newFiles);
      readiness.releaseChanged();
    }

    private void readinessChanged() {
      deployer.readinessChanged();
    }
  }

  private final class FromLauncher implements LauncherEvents {

    private final @Nullable Deployer deployer;
    private final Consumer<ChannelMessage> tell;

    /**
     * @param deployer null if the agent does not run; the launcher's end matters even then
     * @param tell receives answers for the launcher
     */
    FromLauncher(@Nullable Deployer deployer, Consumer<ChannelMessage> tell) {
      this.deployer = deployer;
      this.tell = tell;
    }

    @Override
    public void stopping() {
      if (deployer != null) {
        deployer.stopping();
      }
    }

    @Override
    public void stateChanged() {
      if (deployer != null) {
        deployer.stateChanged();
      }
    }

    @Override
    public void notHolding(String because) {
      launcherHoldsNot = because;
    }

    /** Looks on a thread of its own: later messages must not wait for a disk. */
    @Override
    public void askedForClasses() {
      AgentThreads.start("classes", () -> tell.accept(classesNow()));
    }

    @Override
    public void gone() {
      // Even while the JVM is ending: nothing else is left to kill a service that does not drain.
      exit.exitWithoutLauncher();
    }
  }
}
