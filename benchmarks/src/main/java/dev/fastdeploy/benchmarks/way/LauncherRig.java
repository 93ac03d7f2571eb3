package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.PhaseTime;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.demo.process.LauncherProcess;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A service below fastdeploy's launcher, deployed to by its control endpoint. */
final class LauncherRig implements Rig {

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration STAGE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
  private static final int POLL_MILLIS = 20;

  /** Calls that warm this client, so that none of its own first steps is counted. */
  private static final int WARM_CALLS = 20;

  /** What is said where connections are not held, or not for as long as it takes. */
  private static final Pattern NOT_HELD =
      Pattern.compile("^fastdeploy: .*(connections (are|were)|are reset|listeners)");

  private final LauncherProcess launcher;
  private final Path socket;
  private final ControlClient control;
  private final Way way;
  private final int port;
  private volatile String refusal = "";
  private volatile String usedStrategy = "";
  private volatile OptionalLong announced = OptionalLong.empty();
  private Map<Phase, Long> phases = Map.of();
  private int linesBefore;
  private String deployId = "";
  private long sequence;

  private LauncherRig(LauncherProcess launcher, Path socket, Way way, int port) {
    this.launcher = launcher;
    this.socket = socket;
    this.control = new ControlClient(socket);
    this.way = way;
    this.port = port;
  }

  static LauncherRig start(
      Bench bench, Way way, Holding holding, BuiltRelease image, int port, List<String> more)
      throws IOException, InterruptedException {
    Path home = bench.workplace().newFolder("home");
    LauncherProcess.Builder builder =
        LauncherProcess.on(bench.jdk(), bench.artifacts().fastdeployJar())
            .directory(home)
            .option("--home", home)
            .option("--release", image.directory())
            .option("--commit", image.commit())
            .option("--app", Store.APP)
            .option("--payload-dir", bench.workplace().folder().resolve("payload"))
            .option("--ready", "http:" + port + image.service().healthPath())
            .option("--soak", "300ms")
            .option("--drain-timeout", DRAIN_TIMEOUT.toSeconds() + "s")
            .option("--strategies", strategies(way))
            .command(bench.command(image, port, more));
    LauncherProcess.SMALL_JVM.forEach(builder::jvmFlag);
    if (!holding.preDrain().equals(Holding.NOT)) {
      builder.option("--pre-drain", holding.preDrain());
    }
    holding.option().ifPresent(option -> builder.option(option, holding.duration()));
    bench.store().options().forEach(builder::option);
    bench.workplace().variables().forEach(builder::environment);
    bench.store().variables().forEach(builder::environment);
    LauncherProcess launcher = builder.start();
    LauncherRig rig =
        new LauncherRig(launcher, home.resolve("fastdeploy/run/control.sock"), way, port);
    try {
      rig.awaitDeployable();
      return rig;
    } catch (IOException | InterruptedException failure) {
      rig.close();
      throw failure;
    }
  }

  private static String strategies(Way way) {
    String process = Way.PROCESS.strategyName();
    return way.strategyName().equals(process) ? process : process + "," + way.strategyName();
  }

  /** Looks for the socket first: a client that calls in vain takes time from what is starting. */
  private void awaitDeployable() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Bench.START_TIMEOUT.toNanos();
    while (!Files.exists(socket) && launcher.alive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    String obstacle = "it does not answer";
    int calls = 0;
    while (calls < WARM_CALLS) {
      if (System.nanoTime() > deadline || !launcher.alive()) {
        throw new IOException(
            "the instance takes no deploys ("
                + obstacle
                + "); the last lines were: "
                + String.join(" | ", lastLines()));
      }
      try {
        obstacle = control.status(CALL_TIMEOUT).getDeploysRefusedBecause();
      } catch (StatusRuntimeException notYet) {
        obstacle = String.valueOf(notYet.getStatus().getDescription());
        control.reconnect();
      }
      calls = obstacle.isEmpty() ? calls + 1 : 0;
      if (calls == 0) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void stage(BuiltRelease release) throws IOException {
    Outcome outcome;
    try {
      outcome = control.stage(newId(), release.commit().id(), STAGE_TIMEOUT);
    } catch (StatusRuntimeException failure) {
      throw new IOException("staging failed: " + failure.getStatus(), failure);
    }
    if (outcome.getResult() != Result.RESULT_STAGED) {
      throw new ReloadRefusedException(said(outcome));
    }
  }

  @Override
  public void reload(BuiltRelease release) {
    deployId = newId();
    refusal = "";
    usedStrategy = "";
    phases = Map.of();
    linesBefore = launcher.output().stderr().size();
    announced = OptionalLong.empty();
    sequence = Math.max(sequence + 1, System.currentTimeMillis());
    control.activate(
        DeployRequest.newBuilder()
            .setDeployId(deployId)
            .setCommit(release.commit().id())
            .setSequence(sequence)
            .setStrategy(way.strategyName())
            .build(),
        new Events());
  }

  private static String newId() {
    return "b-" + UUID.randomUUID().toString().substring(0, 18);
  }

  private static String said(Outcome outcome) {
    return outcome.getReason().isEmpty() ? outcome.getResult().name() : outcome.getReason();
  }

  @Override
  public OptionalLong announcedNanos() {
    return announced;
  }

  @Override
  public String refusal() {
    return refusal;
  }

  @Override
  public String settle(Duration timeout) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    String seen = "no answer";
    while (System.nanoTime() < deadline) {
      if (!refusal.isEmpty()) {
        throw new ReloadRefusedException(refusal);
      }
      try {
        Outcome outcome = control.outcome(deployId, CALL_TIMEOUT);
        switch (outcome.getResult()) {
          case RESULT_PROVEN -> {
            phases = phases(outcome);
            return proven();
          }
          case RESULT_REFUSED, RESULT_FAILED, RESULT_ROLLED_BACK ->
              throw new ReloadRefusedException(said(outcome));
          default -> seen = outcome.getResult().name();
        }
      } catch (StatusRuntimeException restarting) {
        seen = restarting.getStatus().toString();
        control.reconnect();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    throw new IOException(
        "the deploy is not over after "
            + timeout.toSeconds()
            + " s ("
            + seen
            + "); the last lines were: "
            + String.join(" | ", lastLines()));
  }

  private static Map<Phase, Long> phases(Outcome outcome) {
    Map<Phase, Long> times = new EnumMap<>(Phase.class);
    for (PhaseTime reached : outcome.getPhasesList()) {
      for (Phase phase : Phase.values()) {
        if (phase.label().equals(reached.getPhase())) {
          times.put(phase, reached.getTimeMs());
        }
      }
    }
    return Map.copyOf(times);
  }

  @Override
  public Map<Phase, Long> phases() {
    return phases;
  }

  private String proven() {
    return switch (way) {
      case HELD -> notHeld();
      case ARCHIVE -> control.status(CALL_TIMEOUT).getNoClassArchiveBecause();
      default -> otherStrategy();
    };
  }

  /** Returns what launcher and agent said of connections since the reload was asked for. */
  private String notHeld() {
    List<String> lines = launcher.output().stderr();
    return lines.subList(Math.min(linesBefore, lines.size()), lines.size()).stream()
        .filter(line -> NOT_HELD.matcher(line).find())
        .collect(Collectors.joining("; "));
  }

  private String otherStrategy() {
    return usedStrategy.isEmpty() || usedStrategy.equals(way.strategyName())
        ? ""
        : "the agent used '" + usedStrategy + "' in place of '" + way.strategyName() + "'";
  }

  @Override
  public Set<Long> processes() {
    Set<Long> pids = new LinkedHashSet<>();
    pids.add(launcher.pid());
    launcher.descendants().forEach(process -> pids.add(process.pid()));
    return pids;
  }

  @Override
  public List<String> lastLines() {
    return launcher.output().last(5);
  }

  @Override
  public void close() {
    control.close();
    launcher.close();
  }

  /** The stream of an activation. It may break without a failure, because the process may end. */
  private final class Events implements StreamObserver<DeployEvent> {

    @Override
    public void onNext(DeployEvent event) {
      if (event.hasDraining()) {
        announced = OptionalLong.of(announcedNanos(event.getDraining().getDeadlineMs()));
      } else if (event.hasReloading()) {
        usedStrategy = event.getReloading().getStrategy();
      } else if (event.hasOutcome()) {
        judge(event.getOutcome());
      }
    }

    /**
     * The event comes after the agent has recorded the drain; its deadline was set right after the
     * announcement.
     */
    private static long announcedNanos(long deadlineMillis) {
      long sinceMillis = System.currentTimeMillis() - (deadlineMillis - DRAIN_TIMEOUT.toMillis());
      return System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(sinceMillis);
    }

    private void judge(Outcome outcome) {
      switch (outcome.getResult()) {
        case RESULT_REFUSED, RESULT_FAILED, RESULT_ROLLED_BACK -> refusal = said(outcome);
        default -> {
          // Told by settle.
        }
      }
    }

    @Override
    public void onError(Throwable broken) {
      if (broken instanceof StatusRuntimeException failure
          && failure.getStatus().getCode() == io.grpc.Status.Code.INVALID_ARGUMENT) {
        refusal = failure.getStatus().toString();
      }
    }

    @Override
    public void onCompleted() {
      // The outcome came before.
    }
  }
}
