package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.load.FirstAnswer;
import dev.fastdeploy.benchmarks.load.Seen;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.ReloadRefusedException;
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
 * Commits that differ in more than a method's body: which way can take them, and what happens if it
 * cannot. A refusal is a result here, and its time is meaningless, as is that of a reload that is
 * called done although the service does not run the new code.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class CommitKindBenchmark {

  /** The refusal if a reload is called done and the old code still answers. */
  public static final String WITHOUT_EFFECT = "done, it says, and the old code answers on";

  /** The note if the new code answers before the reload is requested. */
  public static final String AT_ONCE = "in effect once it is staged, before the reload";

  /** The time within which the service must answer once the way says that the reload is done. */
  private static final Duration AFTER_DONE = Duration.ofSeconds(5);

  /** The way in which the new code gets into the service. */
  @Param({"process", "module", "redefine", "devtools"})
  public String strategy = "process";

  /** The service. */
  @Param({"demo", "spring"})
  public String service = "demo";

  /** The difference between the commits. */
  @Param({
    "body",
    "new-method",
    "new-class",
    "static-initialiser",
    "resource",
    "dependency",
    "jvm-flag"
  })
  public String change = "body";

  /** Requests before the reload, one after the other. */
  @Param("200")
  public int warmup = 200;

  /** Seconds that the service may take to answer where the way never says that it is done. */
  @Param("25")
  public int untold = 25;

  private @Nullable ReloadTrial trial;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.COMMIT_KIND, 0);
  private int number;

  /** Builds the commits. */
  @Setup(Level.Trial)
  public void prepare() throws Exception {
    sample =
        new SampleBuilder(BenchmarkName.COMMIT_KIND, 0)
            .with("strategy", strategy)
            .with("service", service)
            .with("change", change);
    trial =
        guarded(
            () ->
                ReloadTrial.prepare(
                    Way.labelled(strategy),
                    ServiceKind.labelled(service),
                    Change.labelled(change)));
  }

  /** Starts a service and stages the commit. */
  @Setup(Level.Invocation)
  public void start() throws Exception {
    number++;
    sample = trial().sample(BenchmarkName.COMMIT_KIND, number).with("change", change);
    guarded(
        () -> {
          trial().start();
          trial().warm(warmup);
          trial().stage(sample);
          if (trial().requests().ask().from(trial().next().commit().id())) {
            sample.noted(AT_ONCE);
          }
          return sample;
        });
  }

  /** Reloads, and returns the result. */
  @Benchmark
  public Sample reload() throws Exception {
    return guarded(
        () -> {
          try (FirstAnswer watch =
              FirstAnswer.watch(trial().requests(), trial().next().commit().id())) {
            reload(watch);
          } catch (ReloadRefusedException refused) {
            sample.refused(String.valueOf(refused.getMessage()));
          }
          return sample.build();
        });
  }

  private void reload(FirstAnswer watch) throws IOException, InterruptedException {
    long orderNanos = System.nanoTime();
    trial().rig().reload(trial().next());
    trial().settle(sample, orderNanos);
    boolean told = Way.labelled(strategy).strategy();
    Seen seen = watch.await((told ? AFTER_DONE : Duration.ofSeconds(untold)).toNanos());
    if (seen == null) {
      sample.refused(WITHOUT_EFFECT);
    } else {
      sample.measuredNanos(Figure.FIRST_ANSWER, seen.nanos() - orderNanos);
      trial().arrived(sample, seen.pid());
    }
  }

  /** Records the measurements and ends the service. */
  @TearDown(Level.Invocation)
  public void end() throws IOException {
    SampleLog.record(sample.build());
    trial().stop();
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
    if (trial != null) {
      trial.close();
      trial = null;
    }
  }

  private ReloadTrial trial() {
    return Objects.requireNonNull(trial, "prepare has not been called");
  }

  private <T> T guarded(Step<T> step) throws Exception {
    return Step.guarded(step, sample, this::clear);
  }
}
