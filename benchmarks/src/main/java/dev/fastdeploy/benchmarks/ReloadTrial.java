package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.figures.JvmFigures;
import dev.fastdeploy.benchmarks.figures.LoaderCensus;
import dev.fastdeploy.benchmarks.figures.Memory;
import dev.fastdeploy.benchmarks.figures.ProcessorTime;
import dev.fastdeploy.benchmarks.load.AnswerWatch;
import dev.fastdeploy.benchmarks.load.FirstAnswer;
import dev.fastdeploy.benchmarks.load.Requests;
import dev.fastdeploy.benchmarks.load.Seen;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ReleaseFactory;
import dev.fastdeploy.benchmarks.service.ReleasePair;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Bench;
import dev.fastdeploy.benchmarks.way.Holding;
import dev.fastdeploy.benchmarks.way.ReloadRefusedException;
import dev.fastdeploy.benchmarks.way.Rig;
import dev.fastdeploy.benchmarks.way.Way;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way with a service and two commits, and the steps that make up the reload benchmarks. Used by
 * one thread at a time.
 */
final class ReloadTrial implements AutoCloseable {

  /** The time within which a new commit must answer. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);

  /** The time within which a reload must be called done. */
  private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(90);

  private static final Duration REFUSAL_LOOK = Duration.ofMillis(50);

  /** Requests between the collection before and the reload. */
  private static final int REWARM = 200;

  private final Workplace workplace;
  private final Bench bench;
  private final JvmFigures jvm;
  private final ReleasePair pair;
  private final Way way;
  private final Holding holding;
  private @Nullable Rig rig;
  private BuiltRelease running;
  private long servicePid;
  private int oldReleaseLoaders;

  private ReloadTrial(
      Workplace workplace, Bench bench, ReleasePair pair, Way way, Holding holding) {
    this.workplace = workplace;
    this.bench = bench;
    this.jvm = new JvmFigures(bench.jdk(), workplace.variables());
    this.pair = pair;
    this.way = way;
    this.holding = holding;
    this.running = pair.first();
  }

  /** Builds and publishes two commits; starts nothing yet. */
  static ReloadTrial prepare(Way way, ServiceKind service, Change change) throws IOException {
    return prepare(way, Holding.of(way), service, change);
  }

  /** Builds and publishes two commits; starts nothing yet. */
  static ReloadTrial prepare(Way way, Holding holding, ServiceKind service, Change change)
      throws IOException {
    Workplace workplace = Workplace.open();
    try {
      Bench bench = Bench.in(workplace);
      ReleaseFactory factory = new ReleaseFactory(bench.artifacts(), workplace.newFolder("built"));
      ReleasePair pair = factory.pair(service, change);
      bench.publish(way, pair.first());
      bench.publish(way, pair.second());
      return new ReloadTrial(workplace, bench, pair, way, holding);
    } catch (IOException | RuntimeException failure) {
      workplace.close();
      throw failure;
    }
  }

  /** Starts a fresh service on the first commit. */
  void start() throws IOException, InterruptedException {
    start(FreePorts.one());
  }

  /** Starts a fresh service on the first commit, listening on a given port. */
  void start(int port) throws IOException, InterruptedException {
    start(port, List.of());
  }

  /** The same with more arguments, which only a launcher passes on. */
  void start(int port, List<String> more) throws IOException, InterruptedException {
    stop();
    running = pair.first();
    rig = bench.start(way, holding, running, port, more);
    servicePid = requests().ask().pid();
  }

  /** Ends the service. */
  void stop() {
    if (rig != null) {
      rig.close();
      rig = null;
    }
  }

  @Override
  public void close() {
    stop();
    workplace.close();
  }

  Bench bench() {
    return bench;
  }

  /** Returns the figures of the JVMs that run here. */
  JvmFigures jvm() {
    return jvm;
  }

  /** Returns the process that answered last. */
  long servicePid() {
    return servicePid;
  }

  Rig rig() {
    return Objects.requireNonNull(rig, "start has not been called");
  }

  Requests requests() {
    return Bench.requests(rig(), running);
  }

  /** Returns the commit with which a fresh service starts. */
  BuiltRelease first() {
    return pair.first();
  }

  /** Returns the commit that the next reload brings. */
  BuiltRelease next() {
    return pair.other(running);
  }

  /** Returns the commit that answered last. */
  BuiltRelease running() {
    return running;
  }

  /**
   * Asks one request after the other.
   *
   * @throws IOException if one has no good answer
   */
  void warm(int count) throws IOException {
    requests().warm(running.commit().id(), count);
  }

  /** Lays out the next commit, and records how long that took. */
  void stage(SampleBuilder sample) throws IOException, InterruptedException {
    long start = System.nanoTime();
    rig().stage(next());
    sample.measuredNanos(Figure.STAGE, System.nanoTime() - start);
  }

  /** Collects garbage, measures the service before the reload, and warms it up again. */
  void measureBefore(SampleBuilder sample) throws IOException, InterruptedException {
    LoaderCensus census = collect();
    oldReleaseLoaders = census.ofReleases();
    sample.measured(Figure.LOADERS_BEFORE, census.alive());
    sample.measured(Figure.METASPACE_BEFORE, jvm.metaspaceMegabytes(servicePid));
    sample.measured(Figure.MEMORY_BEFORE, Memory.megabytes(rig().processes()));
    warm(REWARM);
  }

  /** Collects garbage and measures the service after the reload. */
  void measureAfter(SampleBuilder sample) throws IOException, InterruptedException {
    LoaderCensus census = collect();
    sample.measured(Figure.LOADERS, census.alive());
    sample.measured(Figure.OLD_LOADERS, Math.max(0, census.ofReleases() - oldReleaseLoaders));
    sample.measured(Figure.METASPACE, jvm.metaspaceMegabytes(servicePid));
    sample.measured(Figure.MEMORY, Memory.megabytes(rig().processes()));
  }

  /**
   * Collects twice: objects that a first collection finds dead may hold others until they are
   * cleaned up.
   */
  private LoaderCensus collect() throws IOException, InterruptedException {
    jvm.collect(servicePid);
    jvm.collect(servicePid);
    return jvm.loaders(servicePid);
  }

  /** Returns the processor seconds so far, including those of scripts that asked for reloads. */
  double processorSeconds() {
    return ProcessorTime.seconds(rig().processes()) + ProcessorTime.secondsOfEndedChildren();
  }

  /**
   * Reloads to the next commit, while nobody else asks, and waits until it answers.
   *
   * @return when the reload was ordered, by {@link System#nanoTime}
   * @throws ReloadRefusedException if the way refuses
   * @throws IOException if the commit does not answer in time
   */
  long reloadQuietly(SampleBuilder sample) throws IOException, InterruptedException {
    try (FirstAnswer watch = FirstAnswer.watch(requests(), next().commit().id())) {
      return reload(watch, sample);
    }
  }

  /** Reloads to the next commit while the watched client asks, and waits until it answers. */
  long reload(AnswerWatch watch, SampleBuilder sample) throws IOException, InterruptedException {
    long orderNanos = System.nanoTime();
    rig().reload(next());
    Seen seen = awaitAnswer(watch);
    sample.measuredNanos(Figure.FIRST_ANSWER, seen.nanos() - orderNanos);
    arrived(sample, seen.pid());
    return orderNanos;
  }

  private Seen awaitAnswer(AnswerWatch watch) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + ANSWER_TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      Seen seen = watch.await(REFUSAL_LOOK.toNanos());
      if (seen != null) {
        return seen;
      }
      if (!rig().refusal().isEmpty()) {
        throw new ReloadRefusedException(rig().refusal());
      }
    }
    throw new IOException(
        next().commit()
            + " does not answer after "
            + ANSWER_TIMEOUT.toSeconds()
            + " s; the last lines were: "
            + String.join(" | ", rig().lastLines()));
  }

  /** Records which process answers now. */
  void arrived(SampleBuilder sample, long pid) {
    sample.measured(Figure.PROCESS_KEPT, pid == servicePid ? 1 : 0);
    running = next();
    servicePid = pid;
  }

  /** Waits until the way itself calls the reload done; not every way does. */
  void settle(SampleBuilder sample, long orderNanos) throws IOException, InterruptedException {
    sample.noted(rig().settle(SETTLE_TIMEOUT));
    if (way.strategy()) {
      sample.measuredNanos(Figure.SETTLED, System.nanoTime() - orderNanos);
    }
  }

  /** Starts a sample with the parameters of the trial. */
  SampleBuilder sample(String benchmark, int number) {
    return new SampleBuilder(benchmark, number)
        .with("strategy", way.label())
        .with("service", running.service().label())
        .with("java", bench.jdk().feature());
  }
}
