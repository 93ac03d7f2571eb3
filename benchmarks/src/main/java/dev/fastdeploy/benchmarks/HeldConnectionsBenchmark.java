package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.figures.ResidentPeak;
import dev.fastdeploy.benchmarks.load.Connections;
import dev.fastdeploy.benchmarks.load.Disturbance;
import dev.fastdeploy.benchmarks.load.Loss;
import dev.fastdeploy.benchmarks.load.OpenLoop;
import dev.fastdeploy.benchmarks.load.Outage;
import dev.fastdeploy.benchmarks.load.Requests;
import dev.fastdeploy.benchmarks.load.Shot;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Holding;
import dev.fastdeploy.benchmarks.way.Way;
import dev.fastdeploy.contract.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deploys back and forth between two commits while one load goes on, and counts what the clients
 * lose and how long they wait. Each invocation is one deploy. Its requests are all that were due
 * since the deploy before it had been counted, so none is left out. A client waits for 30 seconds,
 * for what is answered late is not lost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 20)
@Fork(1)
public class HeldConnectionsBenchmark {

  /** Each request has a connection of its own. */
  public static final String NEW = "new";

  /** Connections are kept for the next request, as far as the service lets them be. */
  public static final String KEEP_ALIVE = "keep-alive";

  private static final int CLIENT_TIMEOUT_MILLIS = 30_000;
  private static final Duration LATENCY_LOOK = Duration.ofMillis(250);
  private static final double AIM = 1.1;

  /** So many of the requests that were lost though connections were held are told of. */
  private static final int LOST_TOLD = 5;

  /** Requests a second of the warm-up, which a cold service can answer. */
  private static final int WARMING = 500;

  private static final Map<Loss, Figure> LOSSES =
      Map.of(
          Loss.REFUSED,
          Figure.REFUSED,
          Loss.RESET,
          Figure.RESET,
          Loss.ENDED_EARLY,
          Figure.ENDED_EARLY,
          Loss.TIMED_OUT,
          Figure.TIMED_OUT,
          Loss.OTHER_ANSWER,
          Figure.OTHER_ANSWER,
          Loss.OTHER,
          Figure.OTHER_LOSS);

  /** The way in which the new code gets into the service. */
  @Param({"held", "process", "shell", "devtools"})
  public String way = "held";

  /** The service. */
  @Param({"demo", "spring", "tomcat", "jetty", "undertow", "netty-nio", "netty-epoll"})
  public String service = "demo";

  /** The connections of the clients. */
  @Param({NEW, KEEP_ALIVE})
  public String connections = NEW;

  /** Requests a second, at fixed times. */
  @Param({"200", "500", "1500"})
  public int load = 200;

  /** For how long the launcher holds the listening sockets, where it does. */
  @Param(Holding.USUAL)
  public String hold = Holding.USUAL;

  /** The number of connections that are kept; as many clients have one each. */
  @Param("64")
  public int kept = 64;

  /** Requests that warm the service. */
  @Param("3000")
  public int warmup = 3_000;

  /** Milliseconds of load before each deploy. */
  @Param("3000")
  public int calm = 3_000;

  /** For how long at most the latency is watched, in seconds. */
  @Param("40")
  public int watched = 40;

  private @Nullable ReloadTrial trial;
  private @Nullable OpenLoop loop;
  private @Nullable ResidentPeak memory;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.HELD, 0);
  private int number;
  private long orderNanos;
  private long countedNanos;
  private long retransmissionsBefore;
  private long connectionsBefore;
  private double processorBefore;

  /** Starts and warms the service, and begins the load. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    sample =
        labelled(
            new SampleBuilder(BenchmarkName.HELD, 0)
                .with("strategy", way)
                .with("service", service));
    trial =
        guarded(
            () -> {
              if (!connections.equals(NEW) && !connections.equals(KEEP_ALIVE)) {
                throw new IllegalArgumentException(
                    "connections '" + connections + "' are unknown; use new or keep-alive");
              }
              Way labelled = Way.labelled(way);
              return ReloadTrial.prepare(
                  labelled,
                  labelled == Way.HELD ? new Holding(hold) : Holding.of(labelled),
                  ServiceKind.labelled(service),
                  Change.BODY);
            });
    guarded(
        () -> {
          trial().start();
          warm();
          loop = startLoad(load);
          memory = ResidentPeak.watch(trial().rig()::processes);
          return sample;
        });
  }

  private SampleBuilder labelled(SampleBuilder fresh) {
    fresh.with("connections", connections).with("load", load);
    return way.equals(Way.HELD.label()) ? fresh.with("hold", hold) : fresh;
  }

  private void warm() throws IOException, InterruptedException {
    try (OpenLoop warming = startLoad(WARMING)) {
      while (warming.shots().size() < warmup) {
        TimeUnit.MILLISECONDS.sleep(LATENCY_LOOK.toMillis());
      }
      for (Shot shot : warming.stop()) {
        if (!shot.reply().good()) {
          throw new IOException("a request of the warm-up failed: " + shot.reply());
        }
      }
    }
  }

  private OpenLoop startLoad(int perSecond) {
    Requests quick = trial().requests();
    Requests patient = new Requests(quick.port(), quick.path(), CLIENT_TIMEOUT_MILLIS);
    return OpenLoop.start(
        patient,
        perSecond,
        connections.equals(NEW) ? Connections.ONE_EACH_FORGOTTEN : Connections.kept(kept));
  }

  /** Stages the other commit, and lets the load go on for a while. */
  @Setup(Level.Invocation)
  public void stage() throws Exception {
    number++;
    sample = labelled(trial().sample(BenchmarkName.HELD, number));
    guarded(
        () -> {
          trial().stage(sample);
          TimeUnit.MILLISECONDS.sleep(calm);
          if (number == 1) {
            countedNanos = System.nanoTime();
          }
          retransmissionsBefore = loop().synRetransmissions();
          connectionsBefore = loop().connections();
          processorBefore = trial().processorSeconds();
          memory().take();
          return sample;
        });
  }

  /** Deploys. */
  @Benchmark
  public String reload() throws Exception {
    return guarded(
        () -> {
          orderNanos = System.nanoTime();
          trial().reload(loop().watch(trial().next().commit().id()), sample);
          return trial().running().commit().id();
        });
  }

  /** Waits until the latency is back, counts what the clients saw, and records it. */
  @TearDown(Level.Invocation)
  public void measure() throws Exception {
    guarded(
        () -> {
          trial().settle(sample, orderNanos);
          awaitLatency();
          sample.measured(Figure.SPAN, (System.nanoTime() - orderNanos) / 1e9);
          sample.measured(Figure.PROCESSOR, trial().processorSeconds() - processorBefore);
          sample.measured(Figure.PEAK_RESIDENT, memory().take());
          count();
          return sample;
        });
    SampleLog.record(sample.build());
  }

  private void awaitLatency() throws InterruptedException {
    long deadline = orderNanos + TimeUnit.SECONDS.toNanos(watched);
    while (seenSince(orderNanos).backNanos().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LATENCY_LOOK.toMillis());
    }
  }

  private Disturbance seenSince(long order) {
    long from = order - TimeUnit.MILLISECONDS.toNanos(calm);
    return Disturbance.of(loop().shotsFrom(from), order, trial().running().commit().id());
  }

  private void count() throws InterruptedException {
    long until = System.nanoTime();
    List<Shot> shots = loop().fates(countedNanos, until);
    Outage outage = Outage.of(shots, orderNanos, trial().running().commit().id());
    countedNanos = until;
    if (way.equals(Way.HELD.label())) {
      shots.stream()
          .filter(shot -> shot.reply().loss() != null)
          .limit(LOST_TOLD)
          .forEach(shot -> sample.noted(told(shot)));
    }
    sample.measured(Figure.SENT, outage.sent());
    sample.measured(Figure.FAILED, outage.allLost());
    LOSSES.forEach((loss, figure) -> sample.measured(figure, outage.lost(loss)));
    sample.measuredNanos(Figure.LONGEST_WAIT, outage.longestWaitNanos());
    sample.measured(Figure.QUEUE, outage.queue());
    sample.measuredNanos(Figure.QUEUE_TIME, outage.queueNanos());
    sample.measured(
        Figure.SYN_RETRANSMISSIONS, (double) (loop().synRetransmissions() - retransmissionsBefore));
    sample.measured(Figure.CONNECTIONS, (double) (loop().connections() - connectionsBefore));
    measurePhases(outage);
    Disturbance seen = seenSince(orderNanos);
    sample.measuredNanos(Figure.GAP, seen.gapNanos());
    sample.measuredNanos(Figure.P99_BEFORE, seen.p99BeforeNanos());
    seen.backNanos().ifPresent(nanos -> sample.measuredNanos(Figure.P99_BACK, nanos));
    if (seen.backNanos().isEmpty()) {
      sample.noted("the latency was not back after " + watched + " s");
    }
  }

  /** Returns when one was due and ended, from the order on, and how: none should be lost. */
  private String told(Shot lost) {
    return "lost, due at "
        + (lost.dueNanos() - orderNanos) / 1_000_000
        + " ms, at "
        + (lost.endNanos() - orderNanos) / 1_000_000
        + " ms: "
        + lost.reply().trouble();
  }

  private void measurePhases(Outage outage) {
    Map<Phase, Long> phases = trial().rig().phases();
    Long draining = phases.get(Phase.DRAINING);
    Long exited = phases.get(Phase.EXITED);
    Long ready = phases.get(Phase.READY);
    if (draining != null && exited != null && ready != null) {
      sample.measured(Figure.DRAIN, (double) (exited - draining));
      sample.measured(Figure.NEXT_READY, (double) (ready - exited));
      sample.measured(Figure.WAIT_AIM, AIM * (ready - draining) + outage.queueNanos() / 1e6);
    }
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
    if (memory != null) {
      memory.close();
      memory = null;
    }
    if (loop != null) {
      loop.close();
      loop = null;
    }
    if (trial != null) {
      trial.close();
      trial = null;
    }
  }

  /** Returns the last measurement, for tests. */
  Sample lastSample() {
    return sample.build();
  }

  private ReloadTrial trial() {
    return Objects.requireNonNull(trial, "start has not been called");
  }

  private OpenLoop loop() {
    return Objects.requireNonNull(loop, "start has not been called");
  }

  private ResidentPeak memory() {
    return Objects.requireNonNull(memory, "start has not been called");
  }

  private <T> T guarded(Step<T> step) throws Exception {
    return Step.guarded(step, sample, this::clear);
  }
}
