package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.figures.JvmFigures;
import dev.fastdeploy.benchmarks.figures.Memory;
import dev.fastdeploy.benchmarks.figures.ProcessorTime;
import dev.fastdeploy.benchmarks.figures.ResidentPeak;
import dev.fastdeploy.benchmarks.load.Connections;
import dev.fastdeploy.benchmarks.load.Disturbance;
import dev.fastdeploy.benchmarks.load.OpenLoop;
import dev.fastdeploy.benchmarks.load.Requests;
import dev.fastdeploy.benchmarks.load.Shot;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ReleaseFactory;
import dev.fastdeploy.benchmarks.service.ReleasePair;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Bench;
import dev.fastdeploy.benchmarks.way.Rig;
import dev.fastdeploy.benchmarks.way.Store;
import dev.fastdeploy.benchmarks.way.Way;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.S3ProxyProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
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
 * Stages a release from an S3 server into an instance that has never staged one, under a steady
 * load, and measures what that takes of the service and what it leaves in it. Each invocation has
 * an instance of its own, for the first staging is the dear one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 5)
@Fork(1)
public class StoreClientBenchmark {

  private static final Duration SERVER_START = Duration.ofSeconds(60);
  private static final long AFTERMATH_MILLIS = 500;

  /** Where the instance stages: in a process of its own or in the service's. */
  @Param({"process", "service"})
  public String in = "process";

  /** The service. */
  @Param({"demo", "spring"})
  public String service = "demo";

  /** Requests a second. */
  @Param("200")
  public int load = 200;

  /** Requests that warm the service. */
  @Param("3000")
  public int warmup = 3_000;

  /** Milliseconds of load before the staging. */
  @Param("5000")
  public int calm = 5_000;

  /** Milliseconds from the end of the load until memory is measured. */
  @Param("30000")
  public int rest = 30_000;

  private @Nullable Workplace workplace;
  private @Nullable S3ProxyProcess server;
  private @Nullable Bench bench;
  private @Nullable ReleasePair pair;
  private @Nullable Rig rig;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.STORE_CLIENT, 0);
  private int number;
  private long pid;

  /** Publishes two commits to the server. */
  @Setup(Level.Trial)
  public void publish() throws Exception {
    sample = labelled(0);
    Step.guarded(
        () -> {
          Workplace place = Workplace.open();
          workplace = place;
          Bench plain = Bench.in(place);
          server =
              S3ProxyProcess.start(
                  Jdk.running(),
                  plain.artifacts().s3ProxyJar(),
                  place.variables(),
                  place.newFolder("s3"),
                  "releases",
                  SERVER_START);
          Store bucket = Store.of(server);
          Map<String, String> options = new HashMap<>(bucket.options());
          options.put("--stage-in", in);
          bench = plain.with(new Store(bucket.directory(), options, bucket.variables()));
          pair =
              new ReleaseFactory(plain.artifacts(), place.newFolder("built"))
                  .pair(ServiceKind.labelled(service), Change.BODY);
          bench().store().publish(pair().second());
          return sample;
        },
        sample,
        this::clear);
  }

  private SampleBuilder labelled(int invocation) {
    return new SampleBuilder(BenchmarkName.STORE_CLIENT, invocation)
        .with("in", in)
        .with("service", service)
        .with("load", load);
  }

  /** Starts a fresh instance, and warms it. */
  @Setup(Level.Invocation)
  public void start() throws Exception {
    number++;
    sample = labelled(number).with("java", bench().jdk().feature());
    Step.guarded(
        () -> {
          Rig started = bench().start(Way.PROCESS, pair().first(), FreePorts.one());
          rig = started;
          Requests requests = Bench.requests(started, pair().first());
          requests.warm(pair().first().commit().id(), warmup);
          pid = requests.ask().pid();
          JvmFigures jvm = new JvmFigures(bench().jdk(), workplace().variables());
          measureMemory(jvm, Figure.SERVICE_MEMORY_BEFORE, Figure.METASPACE_BEFORE);
          requests.warm(pair().first().commit().id(), warmup);
          return sample;
        },
        sample,
        this::clear);
  }

  /** Stages. */
  @Benchmark
  public String stage() throws Exception {
    return Step.guarded(
        () -> {
          Requests requests = Bench.requests(rig(), pair().first());
          try (ResidentPeak others = ResidentPeak.watch(this::others);
              OpenLoop loop = OpenLoop.start(requests, load, Connections.ONE_EACH_FORGOTTEN)) {
            TimeUnit.MILLISECONDS.sleep(calm);
            double processor = ProcessorTime.secondsOf(pid);
            double ended = ProcessorTime.secondsOfEndedChildren(pid);
            long order = System.nanoTime();
            rig().stage(pair().second());
            long staged = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(AFTERMATH_MILLIS);
            sample.measured(Figure.SERVICE_PROCESSOR, ProcessorTime.secondsOf(pid) - processor);
            sample.measured(
                Figure.HELPERS_PROCESSOR, ProcessorTime.secondsOfEndedChildren(pid) - ended);
            sample.measured(Figure.HELPERS_PEAK, others.take());
            sample.measuredNanos(Figure.STAGE, staged - order);
            judge(loop.stop(), order, staged);
          }
          return pair().second().commit().id();
        },
        sample,
        this::clear);
  }

  private List<Long> others() {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
  }

  private void judge(List<Shot> shots, long order, long staged) throws IOException {
    for (Shot shot : shots) {
      if (!shot.reply().good()) {
        throw new IOException("a request failed: " + shot.reply());
      }
    }
    sample.measured(Figure.SENT, shots.size());
    sample.measuredNanos(
        Figure.P99_BEFORE,
        Disturbance.p99(shots.stream().filter(shot -> shot.dueNanos() < order).toList()));
    sample.measuredNanos(
        Figure.P99_DURING,
        Disturbance.p99(
            shots.stream()
                .filter(shot -> shot.dueNanos() >= order && shot.dueNanos() < staged)
                .toList()));
  }

  /** Measures what was left, and ends the instance. */
  @TearDown(Level.Invocation)
  public void measure() throws Exception {
    Step.guarded(
        () -> {
          TimeUnit.MILLISECONDS.sleep(rest);
          JvmFigures jvm = new JvmFigures(bench().jdk(), workplace().variables());
          measureMemory(jvm, Figure.SERVICE_MEMORY, Figure.METASPACE);
          rig().close();
          rig = null;
          return sample;
        },
        sample,
        this::clear);
    SampleLog.record(sample.build());
  }

  private void measureMemory(JvmFigures jvm, Figure memory, Figure metaspace)
      throws IOException, InterruptedException {
    jvm.collect(pid);
    jvm.collect(pid);
    sample.measured(memory, Memory.megabytes(List.of(pid)));
    sample.measured(metaspace, jvm.metaspaceMegabytes(pid));
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
    if (rig != null) {
      rig.close();
      rig = null;
    }
    if (server != null) {
      server.close();
      server = null;
    }
    if (workplace != null) {
      workplace.close();
      workplace = null;
    }
  }

  /** Returns the last measurement, for tests. */
  Sample lastSample() {
    return sample.build();
  }

  private Workplace workplace() {
    return Objects.requireNonNull(workplace, "publish has not been called");
  }

  private Bench bench() {
    return Objects.requireNonNull(bench, "publish has not been called");
  }

  private ReleasePair pair() {
    return Objects.requireNonNull(pair, "publish has not been called");
  }

  private Rig rig() {
    return Objects.requireNonNull(rig, "start has not been called");
  }
}
