package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.load.Disturbance;
import dev.fastdeploy.benchmarks.load.OpenLoop;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.io.IOException;
import java.time.Duration;
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
 * Measures the time from the request for a reload to the first answer of the new commit. Each
 * invocation has a fresh, warm service; the release was staged before, which is timed separately.
 * Without load the invocation also measures processor time, memory and class loaders; under load,
 * the failed requests and the time until the latency was back.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 5)
@Fork(1)
public class ReloadStrategyBenchmark {

  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final Duration LATENCY_LOOK = Duration.ofMillis(500);

  /** The way in which the new code gets into the service. */
  @Param({"process", "archive", "module", "redefine", "shell", "devtools"})
  public String strategy = "process";

  /** The service. */
  @Param({"demo", "spring"})
  public String service = "demo";

  /** Requests a second, at fixed times; 0 for none. */
  @Param({"0", "200"})
  public int load;

  /** Requests that warm the service, one after the other. */
  @Param("3000")
  public int warmup = 3_000;

  /** For how long at most the latency is watched, in seconds. */
  @Param("40")
  public int watched = 40;

  /** Milliseconds for which the aftermath of a reload (compiling, clearing) is counted. */
  @Param("3000")
  public int aftermath = 3_000;

  private @Nullable ReloadTrial trial;
  private @Nullable OpenLoop loop;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.RELOAD, 0);
  private int number;
  private long orderNanos;
  private double processorBefore;

  /** Builds the commits. */
  @Setup(Level.Trial)
  public void prepare() throws Exception {
    sample =
        new SampleBuilder(BenchmarkName.RELOAD, 0)
            .with("strategy", strategy)
            .with("service", service)
            .with("load", load);
    trial =
        guarded(
            () ->
                ReloadTrial.prepare(
                    Way.labelled(strategy), ServiceKind.labelled(service), Change.BODY));
  }

  /** Starts and warms a service, and stages the new commit. */
  @Setup(Level.Invocation)
  public void start() throws Exception {
    number++;
    ReloadTrial current = trial();
    sample = current.sample(BenchmarkName.RELOAD, number).with("load", load);
    guarded(
        () -> {
          current.start();
          current.warm(warmup);
          if (load == 0) {
            current.measureBefore(sample);
            current.stage(sample);
          } else {
            current.stage(sample);
            loop = OpenLoop.start(current.requests(), load);
            TimeUnit.MILLISECONDS.sleep(BEFORE.toMillis());
          }
          processorBefore = current.processorSeconds();
          return sample;
        });
  }

  /** Reloads. */
  @Benchmark
  public String reload() throws Exception {
    return guarded(() -> loop == null ? reloadQuietly() : reloadUnder(loop));
  }

  private String reloadQuietly() throws IOException, InterruptedException {
    orderNanos = trial().reloadQuietly(sample);
    return trial().running().commit().id();
  }

  private String reloadUnder(OpenLoop running) throws IOException, InterruptedException {
    orderNanos = trial().reload(running.watch(trial().next().commit().id()), sample);
    return trial().running().commit().id();
  }

  /** Measures the effect of the reload, records it, and ends the service. */
  @TearDown(Level.Invocation)
  public void measure() throws Exception {
    guarded(
        () -> {
          trial().settle(sample, orderNanos);
          if (loop == null) {
            measureAftermath();
          } else {
            measureDisturbance(loop);
          }
          return sample;
        });
    SampleLog.record(sample.build());
    endService();
  }

  private void measureAftermath() throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(aftermath);
    sample.measured(Figure.PROCESSOR, trial().processorSeconds() - processorBefore);
    trial().measureAfter(sample);
  }

  private void measureDisturbance(OpenLoop running) throws InterruptedException {
    String commit = trial().running().commit().id();
    long deadline = orderNanos + TimeUnit.SECONDS.toNanos(watched);
    Disturbance seen = Disturbance.of(running.shots(), orderNanos, commit);
    while (seen.backNanos().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LATENCY_LOOK.toMillis());
      seen = Disturbance.of(running.shots(), orderNanos, commit);
    }
    Disturbance all = Disturbance.of(running.stop(), orderNanos, commit);
    sample.measured(Figure.SENT, all.sent());
    sample.measured(Figure.FAILED, all.failed());
    sample.measured(Figure.SYN_RETRANSMISSIONS, (double) running.synRetransmissions());
    sample.measuredNanos(Figure.GAP, all.gapNanos());
    sample.measuredNanos(Figure.P99_BEFORE, all.p99BeforeNanos());
    all.backNanos().ifPresent(nanos -> sample.measuredNanos(Figure.P99_BACK, nanos));
    if (all.backNanos().isEmpty()) {
      sample.noted("the latency was not back after " + watched + " s");
    }
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
    endService();
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
    return Objects.requireNonNull(trial, "prepare has not been called");
  }

  private void endService() {
    if (loop != null) {
      loop.close();
      loop = null;
    }
    if (trial != null) {
      trial.stop();
    }
  }

  private <T> T guarded(Step<T> step) throws Exception {
    return Step.guarded(step, sample, this::clear);
  }
}
