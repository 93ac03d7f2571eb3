package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.agent.control.ClassArchive;
import dev.fastdeploy.agent.control.ControlServer;
import dev.fastdeploy.agent.control.ControlSettings;
import dev.fastdeploy.agent.control.InstanceFacts;
import dev.fastdeploy.agent.control.ListenAddress;
import dev.fastdeploy.agent.deploy.DeployPolicy;
import dev.fastdeploy.agent.deploy.Deployer;
import dev.fastdeploy.agent.deploy.ProbationTimes;
import dev.fastdeploy.agent.deploy.RunningRelease;
import dev.fastdeploy.agent.deploy.Waiting;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.HomeState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One instance: the agent's own control endpoint and deploys, over a service that is not there. A
 * reload is that of {@code process}: the endpoint goes with its connections and comes back.
 */
final class FleetInstance {

  private static final Duration STAGING = Duration.ofMillis(100);

  /** From the word that the service drains to the end of its process. */
  private static final Duration DRAIN = Duration.ofMillis(100);

  private static final Duration SOAK = Duration.ofMillis(400);
  private static final double SPREAD = 0.2;
  private static final int SLOW_TIMES = 4;
  private static final int CRASHES = 3;
  private static final Duration LONGEST_DEPLOY = Duration.ofHours(1);

  private final int number;
  private final FleetSite site;
  private final Behaviour behaviour;
  private final ScheduledExecutorService timer;
  private final ExecutorService workers;
  private final MemoryHome home = new MemoryHome(FleetSite.IMAGE);
  private final Random random;
  private @Nullable ControlServer server;
  private @Nullable Deployer deployer;
  private int crashes;

  /** Held, for a socket that is collected closes its port. */
  @SuppressWarnings("UnusedVariable")
  private @Nullable ServerSocket deaf;

  /**
   * @param timer for what happens later; nothing blocks it
   * @param workers as many threads as need be
   */
  FleetInstance(
      int number, FleetSite site, ScheduledExecutorService timer, ExecutorService workers) {
    this.number = number;
    this.site = site;
    this.behaviour = site.behaviour(number);
    this.timer = timer;
    this.workers = workers;
    this.random = new Random(number);
  }

  /** Its container starts. */
  void start() throws IOException {
    FakeService service = startProcess();
    service.becomesReady();
  }

  /** The process of the current release starts: its endpoint listens. */
  private synchronized FakeService startProcess() throws IOException {
    FakeService service = new FakeService(home, STAGING, this::exit);
    Deployer made =
        new Deployer(
            new DeployPolicy(
                true,
                3,
                new ProbationTimes(Duration.ofMinutes(1), Duration.ZERO, SOAK),
                false,
                FleetSite.APP,
                new EnvironmentName(FleetSite.ENVIRONMENT),
                Duration.ZERO),
            new RunningRelease(home.current()),
            home,
            service,
            service,
            List.of(service),
            Map.of(),
            service,
            service,
            InstantSource.system(),
            Waiting.real(),
            workers);
    deployer = made;
    server =
        ControlServer.start(
            new ControlSettings(
                new ListenAddress.Tcp(FleetSite.host(number), site.port()),
                null,
                null,
                site.tls(),
                Set.of(FleetSite.PIPELINE),
                Set.of(),
                LONGEST_DEPLOY),
            made,
            new InstanceFacts(
                FleetSite.host(number),
                "instance-" + number,
                null,
                1,
                System.currentTimeMillis(),
                "benchmark",
                Runtime.version().toString(),
                ClassArchive.UNKNOWN),
            OneThread.named("instance-" + number + "-io"),
            OneThread.named("instance-" + number + "-call"));
    return service;
  }

  /** The process has said that it ends. */
  private void exit() {
    later(DRAIN, this::afterExit);
  }

  private void afterExit() throws IOException {
    endProcess();
    boolean isNew = home.current().equals(FleetSite.NEXT);
    if (isNew && behaviour == Behaviour.DEAD) {
      return;
    }
    later(
        isNew && behaviour == Behaviour.SLOW ? restart().multipliedBy(SLOW_TIMES) : restart(),
        isNew && behaviour == Behaviour.HUNG ? this::hang : this::comeBack);
  }

  private synchronized void endProcess() {
    if (deployer != null) {
      deployer.processEnds();
    }
    if (server != null) {
      server.close();
      server = null;
    }
  }

  private void hang() throws IOException {
    deaf = new ServerSocket(site.port(), 50, InetAddress.getByName(FleetSite.host(number)));
  }

  private void comeBack() throws IOException {
    FakeService service = startProcess();
    if (home.current().equals(FleetSite.NEXT) && behaviour == Behaviour.FLAPPING) {
      later(SOAK.dividedBy(2), this::crash);
      return;
    }
    service.becomesReady();
    deployer().readinessChanged();
    later(SOAK, this::prove);
  }

  private void prove() {
    home.change(state -> state.withPendingProven(System.currentTimeMillis()));
    deployer().stateChanged();
  }

  /** The launcher tries a few times, then goes back. */
  private void crash() {
    endProcess();
    crashes++;
    if (crashes == CRASHES) {
      Commit before = Objects.requireNonNull(home.state().lastProven().orElse(FleetSite.IMAGE));
      home.change(
          state ->
              state.withPendingRolledBack(
                  "the service ended with 1 before it was proven", 1, List.of("it cannot go on")));
      home.pointCurrentTo(before);
    }
    later(restart(), this::comeBack);
  }

  private Duration restart() {
    double factor;
    synchronized (random) {
      factor = Math.exp(SPREAD * random.nextGaussian());
    }
    return Duration.ofNanos((long) (site.restart().toNanos() * factor));
  }

  private synchronized Deployer deployer() {
    return Objects.requireNonNull(deployer);
  }

  /** The commit that is proven there. */
  String proven() {
    HomeState state = home.state();
    return state.lastProven().map(Commit::id).orElse(FleetSite.IMAGE.id());
  }

  Behaviour behaviour() {
    return behaviour;
  }

  String host() {
    return FleetSite.host(number);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void later(Duration pause, Step step) {
    var unused =
        timer.schedule(
            () -> workers.execute(() -> runNow(step)), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void runNow(Step step) {
    try {
      step.run();
    } catch (IOException failure) {
      // A host that lost an instance measures another fleet than it says.
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
      throw new UncheckedIOException(failure);
    }
  }
}
