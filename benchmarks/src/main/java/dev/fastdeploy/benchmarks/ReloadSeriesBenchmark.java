package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.Objects;
import java.util.Set;
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
 * Reloads a service again and again, between two commits. Each invocation is one reload. After the
 * first, the tenth and the fiftieth, the service's memory and class loaders are measured, too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 50)
@Fork(1)
public class ReloadSeriesBenchmark {

  /** The numbers of reloads after which memory and class loaders are measured. */
  static final Set<Integer> LOOKS = Set.of(1, 10, 50);

  /** The way in which the new code gets into the service. */
  @Param({"process", "module", "redefine", "shell", "devtools"})
  public String strategy = "process";

  /** The service. */
  @Param({"demo", "spring"})
  public String service = "demo";

  /** Requests before the first reload, one after the other. */
  @Param("3000")
  public int warmup = 3_000;

  /** Requests between two reloads. */
  @Param("50")
  public int requests = 50;

  private @Nullable ReloadTrial trial;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.SERIES, 0);
  private int number;
  private long orderNanos;

  /** Starts and warms the service that all invocations reload. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    sample =
        new SampleBuilder(BenchmarkName.SERIES, 0)
            .with("strategy", strategy)
            .with("service", service);
    ReloadTrial prepared =
        guarded(
            () ->
                ReloadTrial.prepare(
                    Way.labelled(strategy), ServiceKind.labelled(service), Change.BODY));
    trial = prepared;
    sample = prepared.sample(BenchmarkName.SERIES, 0);
    guarded(
        () -> {
          prepared.start();
          prepared.warm(warmup);
          prepared.measureBefore(sample);
          return sample;
        });
    SampleLog.record(sample.build());
  }

  /** Stages the other commit. */
  @Setup(Level.Invocation)
  public void stage() throws Exception {
    number++;
    sample = trial().sample(BenchmarkName.SERIES, number);
    guarded(
        () -> {
          trial().stage(sample);
          return sample;
        });
  }

  /** Reloads. */
  @Benchmark
  public String reload() throws Exception {
    return guarded(
        () -> {
          orderNanos = trial().reloadQuietly(sample);
          return trial().running().commit().id();
        });
  }

  /** Uses the service a little, inspects it now and then, and records the measurements. */
  @TearDown(Level.Invocation)
  public void measure() throws Exception {
    guarded(
        () -> {
          trial().settle(sample, orderNanos);
          trial().warm(requests);
          if (LOOKS.contains(number)) {
            trial().measureAfter(sample);
          }
          return sample;
        });
    SampleLog.record(sample.build());
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
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

  private <T> T guarded(Step<T> step) throws Exception {
    return Step.guarded(step, sample, this::clear);
  }
}
