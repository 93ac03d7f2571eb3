package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.control.ControlServer;
import dev.fastdeploy.agent.control.ControlSettings;
import dev.fastdeploy.agent.control.InstanceFacts;
import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.deploy.DeployPolicy;
import dev.fastdeploy.agent.deploy.Deployer;
import dev.fastdeploy.agent.deploy.ServiceFacts;
import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.process.ProcessReload;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Readiness;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agent's parts, put together for one service. */
final class Agent {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final Settings settings;
  private final ServiceEnvironment environment;
  private final JvmExit exit;
  private final ClassOriginCheck classes;

  /**
   * @param jar {@code fastdeploy.jar}
   * @throws IllegalArgumentException if a setting is wrong, with a message for the user
   */
  Agent(
      Settings settings,
      ServiceEnvironment environment,
      Instrumentation instrumentation,
      Path jar) {
    this.settings = settings;
    this.environment = environment;
    this.exit =
        new JvmExit(
            (int) settings.number(Setting.RELOAD_EXIT_CODE, 1, 255),
            settings.requiredDuration(Setting.DRAIN_TIMEOUT));
    this.classes = new ClassOriginCheck(instrumentation, environment.release(), jar);
  }

  /** Starts everything. The launcher hears of this process first: it waits for that. */
  void start() {
    @Nullable LauncherLink link = connect();
    ExitHook hook = ExitHook.register(exit);
    LauncherPort launcher =
        link != null
            ? link
            : new NoLauncher("no launcher started this service; use fastdeploy run");
    if (link != null) {
      exit.setLaunched();
      hook.add(link);
    }
    Parts parts = parts(launcher, link);
    if (link != null) {
      link.receive(new FromLauncher(parts.deployer));
    }
    hook.add(parts.readiness);
    hook.add(parts.deployer::processEnds);
    parts.readiness.start();
    sayWrongStore();
    listen(parts, hook);
  }

  private Parts parts(LauncherPort launcher, @Nullable LauncherLink link) {
    try {
      return new Parts(launcher, link == null ? message -> {} : link::tell);
    } catch (RuntimeException | LinkageError failure) {
      if (link != null) {
        // Otherwise a release with a wrong setting would be waited for until its time is up.
        link.tell(new ChannelMessage.Unready(Diagnostics.reason(failure)));
        link.receive(new FromLauncher(null));
      }
      throw failure;
    }
  }

  /** Or it would be found out by the first deploy. */
  private void sayWrongStore() {
    if (settings.text(Setting.STORE).isPresent()) {
      new StoreStager(environment.home(), settings)
          .unusableBecause()
          .ifPresent(reason -> Diagnostics.say("nothing can be fetched from the store: " + reason));
    }
  }

  private @Nullable LauncherLink connect() {
    Path channel = environment.channel();
    if (channel == null) {
      return null;
    }
    try {
      return LauncherLink.connect(channel, AgentVersion.get(), ANSWER_TIMEOUT);
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
   * A platform may have opened the volume to a group. The directory is the launcher's and the
   * agent's own; where it cannot be closed again, the endpoint says what to do.
   */
  private void closeRunDirectory() {
    Home home = environment.home();
    if (home != null) {
      try {
        Files.setPosixFilePermissions(home.run(), PosixFilePermissions.fromString("rwx------"));
      } catch (IOException notOurs) {
        // The endpoint looks at the permissions itself.
      }
    }
  }

  private void listen(Parts parts, ExitHook hook) {
    closeRunDirectory();
    try {
      ControlServer server =
          ControlServer.start(
              ControlSettings.of(settings, environment.home()),
              parts.deployer,
              facts(),
              AgentThreads.named("io"),
              AgentThreads.named("call"));
      hook.add(server);
      parts.tell.accept(new ChannelMessage.Listening(server.address()));
      parts.readiness.endpointListens();
    } catch (IOException | RuntimeException | LinkageError failure) {
      String reason = Diagnostics.reason(failure);
      Diagnostics.say("control endpoint: " + reason + "; the service runs without it");
      parts.readiness.endpointFailed(reason);
    }
  }

  private InstanceFacts facts() {
    ProcessHandle self = ProcessHandle.current();
    return new InstanceFacts(
        environment.instance(),
        self.pid(),
        self.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
        AgentVersion.get(),
        System.getProperty("java.version", ""));
  }

  private List<ReloadStrategy> strategies(LauncherPort launcher) {
    ProcessReload process = new ProcessReload(launcher, exit);
    Arrays.stream(settings.required(Setting.STRATEGIES).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.equals(process.name()))
        .forEach(
            name ->
                Diagnostics.say(
                    Setting.STRATEGIES.option()
                        + " '"
                        + name
                        + "' is unknown and not prepared; this version knows "
                        + process.name()));
    return List.of(process);
  }

  private @Nullable Readiness probe() {
    return settings.text(Setting.READY).map(Readiness::parse).orElse(null);
  }

  private int keep() {
    return (int) settings.number(Setting.KEEP, 0, 1000);
  }

  private DeployPolicy policy(@Nullable Readiness probe) {
    Optional<Duration> readyAfter = settings.duration(Setting.READY_AFTER);
    return new DeployPolicy(environment.commit(), probe != null || readyAfter.isPresent(), keep());
  }

  /**
   * The deployer asks whether the service is ready, and that asks the deployer's watchers to look.
   */
  private final class Parts implements ServiceFacts {

    private final Consumer<ChannelMessage> tell;
    private final ReadinessWatch readiness;
    private final Deployer deployer;

    Parts(LauncherPort launcher, Consumer<ChannelMessage> tell) {
      Readiness probe = probe();
      this.tell = tell;
      this.readiness = new ReadinessWatch(probe, tell, this::readinessChanged);
      this.deployer =
          new Deployer(
              policy(probe),
              new HomeAccess(environment.home()),
              new StoreStager(environment.home(), settings),
              launcher,
              strategies(launcher),
              this,
              InstantSource.system(),
              AgentThreads.starting("deploy"));
    }

    @Override
    public boolean ready() {
      return readiness.ready();
    }

    @Override
    public ClassOrigin classes() {
      return classes.check();
    }

    private void readinessChanged() {
      deployer.readinessChanged();
    }
  }

  private final class FromLauncher implements LauncherEvents {

    private final @Nullable Deployer deployer;

    /**
     * @param deployer nothing where the agent does not run; its launcher's end still counts
     */
    FromLauncher(@Nullable Deployer deployer) {
      this.deployer = deployer;
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
    public void gone() {
      // Also while the JVM is ending: nobody else is left to kill a service that does not drain.
      exit.exitWithoutLauncher();
    }
  }
}
