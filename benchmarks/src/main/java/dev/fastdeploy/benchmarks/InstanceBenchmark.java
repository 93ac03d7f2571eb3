package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.figures.Memory;
import dev.fastdeploy.benchmarks.figures.ProcessMemory;
import dev.fastdeploy.benchmarks.load.FirstAnswer;
import dev.fastdeploy.benchmarks.load.Requests;
import dev.fastdeploy.benchmarks.load.Seen;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.InstanceKind;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Bench;
import dev.fastdeploy.benchmarks.way.LoneService;
import dev.fastdeploy.benchmarks.way.Way;
import dev.fastdeploy.demo.process.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
 * Measures what fastdeploy adds to an instance. An invocation is a round: the service by itself,
 * with the agent, and below the launcher, one after the other in an order that rotates with each
 * round, so that the figures of a round can be subtracted from each other. JMH's own time is that
 * of the whole round; the figures are in the samples.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 10)
@Fork(1)
public class InstanceBenchmark {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);

  /** The service. */
  @Param({"demo", "spring"})
  public String service = "demo";

  /** Requests, one after the other, before memory is measured. */
  @Param("3000")
  public int warmup = 3_000;

  /** Milliseconds for the aftermath of a start to settle. */
  @Param("1500")
  public int rest = 1_500;

  private final List<Sample> lastRound = new ArrayList<>();
  private @Nullable ReloadTrial trial;
  private @Nullable LoneService lone;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.INSTANCE, 0);
  private int number;

  /** Builds the commits, and unpacks what the first start would unpack. */
  @Setup(Level.Trial)
  public void prepare() throws Exception {
    sample = new SampleBuilder(BenchmarkName.INSTANCE, 0).with("service", service);
    trial =
        guarded(() -> ReloadTrial.prepare(Way.PROCESS, ServiceKind.labelled(service), Change.BODY));
    guarded(
        () -> {
          trial().start();
          trial().stop();
          return sample;
        });
  }

  /** One round. */
  @Benchmark
  public List<Sample> round() throws Exception {
    number++;
    lastRound.clear();
    List<InstanceKind> kinds = new ArrayList<>(List.of(InstanceKind.values()));
    Collections.rotate(kinds, number);
    for (InstanceKind kind : kinds) {
      sample =
          new SampleBuilder(BenchmarkName.INSTANCE, number)
              .with("service", service)
              .with("instance", kind.label());
      guarded(() -> measured(kind));
      SampleLog.record(sample.build());
      lastRound.add(sample.build());
    }
    return List.copyOf(lastRound);
  }

  private SampleBuilder measured(InstanceKind kind) throws IOException, InterruptedException {
    int port = FreePorts.one();
    if (kind == InstanceKind.LAUNCHER) {
      measureLauncher(port);
    } else {
      measureLone(kind, port);
    }
    return sample;
  }

  private void measureLone(InstanceKind kind, int port) throws IOException, InterruptedException {
    BuiltRelease release = trial().first();
    Requests requests = Bench.requests(port, release);
    try (FirstAnswer watch = FirstAnswer.watch(requests, release.commit().id())) {
      LoneService started =
          kind == InstanceKind.AGENT
              ? LoneService.withAgent(trial().bench(), release, port)
              : LoneService.plain(trial().bench(), release, port);
      lone = started;
      Seen seen = watch.await(ANSWER_TIMEOUT.toNanos());
      if (seen == null) {
        throw new IOException(
            "the service does not answer: " + String.join(" | ", started.lastLines()));
      }
      sample.measuredNanos(Figure.START, seen.nanos() - started.startNanos());
      started.awaitAgent();
      requests.warm(release.commit().id(), warmup);
      measureMemory(started.pid());
      sample.measuredNanos(Figure.END, LoneService.end(started.pid()));
    } finally {
      endLone();
    }
  }

  private void measureMemory(long pid) throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(rest);
    trial().jvm().collect(pid);
    trial().jvm().collect(pid);
    sample.measured(Figure.SERVICE_MEMORY, Memory.megabytes(List.of(pid)));
  }

  private void measureLauncher(int port) throws IOException, InterruptedException {
    ReloadTrial current = trial();
    BuiltRelease release = current.first();
    try (FirstAnswer watch =
        FirstAnswer.watch(Bench.requests(port, release), release.commit().id())) {
      long start = System.nanoTime();
      current.start(port);
      Seen seen = Objects.requireNonNull(watch.await(ANSWER_TIMEOUT.toNanos()), "it had answered");
      sample.measuredNanos(Figure.START, seen.nanos() - start);
    }
    current.warm(warmup);
    measureMemory(current.servicePid());
    current.stage(sample);
    long order = current.reloadQuietly(sample);
    long answered = order + (long) (sample.build().figure(Figure.FIRST_ANSWER).orElseThrow() * 1e6);
    long announced =
        current.rig().announcedNanos().orElseThrow(() -> new IOException("no end was announced"));
    sample.measuredNanos(Figure.ANNOUNCED_ANSWER, answered - announced);
    current.settle(sample, order);
    long launcher = current.rig().processes().iterator().next();
    ProcessMemory memory = ProcessMemory.of(launcher);
    sample.measured(Figure.RESIDENT, memory.resident());
    sample.measured(Figure.PRIVATE_DIRTY, memory.privateDirty());
    sample.measuredNanos(Figure.END, LoneService.end(launcher));
    current.stop();
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
    endLone();
    if (trial != null) {
      trial.close();
      trial = null;
    }
  }

  private void endLone() {
    if (lone != null) {
      lone.close();
      lone = null;
    }
  }

  private ReloadTrial trial() {
    return Objects.requireNonNull(trial, "prepare has not been called");
  }

  private <T> T guarded(Step<T> step) throws Exception {
    return Step.guarded(step, sample, this::clear);
  }
}
