package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.load.FirstAnswer;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.slow.Course;
import dev.fastdeploy.benchmarks.slow.Ending;
import dev.fastdeploy.benchmarks.slow.Fate;
import dev.fastdeploy.benchmarks.slow.Site;
import dev.fastdeploy.benchmarks.slow.SlowClient;
import dev.fastdeploy.benchmarks.way.Holding;
import dev.fastdeploy.benchmarks.way.Way;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.demo.process.FreePorts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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
 * Deploys back and forth between two commits, each time with clients of another kind whose request
 * or connection lasts over the deploy, and records what becomes of them. One kind at a time: a long
 * request gives the others time that they would not have.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class SlowClientsBenchmark {

  /** Every kind of client that the service can have. */
  public static final String ALL = "all";

  private static final int WARMUP = 500;
  private static final int TOLD_OF = 3;
  private static final long MARGIN_MILLIS = 500;

  /** For how long the clients that go on for ever see the next process. */
  private static final long AFTER_MILLIS = 1_000;

  private static final Map<Ending, Figure> ENDINGS =
      Map.of(
          Ending.ANSWERED,
          Figure.ANSWERED,
          Ending.TOLD,
          Figure.TOLD,
          Ending.CUT,
          Figure.ENDED_EARLY,
          Ending.RESET,
          Figure.RESET,
          Ending.REFUSED,
          Figure.REFUSED,
          Ending.TIMED_OUT,
          Figure.TIMED_OUT,
          Ending.OTHER,
          Figure.OTHER_LOSS);

  /** The service: tomcat, jetty, undertow, netty-nio, netty-epoll or grpc. */
  @Param("tomcat")
  public String service = "tomcat";

  /** The kind of clients; with {@link #ALL} each invocation takes the next one. */
  @Param(ALL)
  public String client = ALL;

  /** Seconds of the pre-drain. */
  @Param({"0", "10"})
  public int preDrain = 0;

  /** For how long the launcher holds the listening sockets. */
  @Param(Holding.USUAL)
  public String hold = Holding.USUAL;

  private @Nullable ReloadTrial trial;
  private @Nullable Site site;
  private @Nullable Course course;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.SLOW_CLIENTS, 0);
  private List<SlowClient> clients = List.of();
  private int number;

  /** Returns the kinds that a service can have, in the order in which they are measured. */
  public static List<SlowClient> clients(ServiceKind service) {
    return Arrays.stream(SlowClient.values())
        .filter(client -> client.fits(service.label()))
        .toList();
  }

  /** Starts and warms the service. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    sample = sample.with("strategy", Way.HELD.label()).with("service", service);
    trial =
        guarded(
            () -> {
              ServiceKind kind = ServiceKind.labelled(service);
              clients = client.equals(ALL) ? clients(kind) : List.of(SlowClient.labelled(client));
              return ReloadTrial.prepare(
                  Way.HELD, new Holding(hold, preDrain + "s"), kind, Change.BODY);
            });
    guarded(
        () -> {
          int port = FreePorts.one();
          Path keys = trial().bench().workplace().newFolder("keys").resolve("keys.p12");
          site = Site.make(port, FreePorts.one(), keys);
          trial().start(port, arguments(site(), keys));
          trial().warm(WARMUP);
          return sample;
        });
  }

  private List<String> arguments(Site own, Path keys) {
    String second = Integer.toString(own.secondPort());
    return switch (ServiceKind.labelled(service)) {
      case TOMCAT, JETTY, UNDERTOW -> List.of("--tls", second, keys.toString());
      case GRPC -> List.of("--grpc", second);
      default -> List.of();
    };
  }

  /** Stages the other commit. */
  @Setup(Level.Invocation)
  public void stage() throws Exception {
    SlowClient kind = clients.get(number % clients.size());
    number++;
    sample =
        trial()
            .sample(BenchmarkName.SLOW_CLIENTS, number)
            .with("client", kind.label())
            .with("pre-drain", preDrain)
            .with("hold", hold);
    guarded(
        () -> {
          trial().stage(sample);
          return sample;
        });
  }

  /** Deploys while the clients are there. */
  @Benchmark
  public String reload() throws Exception {
    return guarded(
        () -> {
          SlowClient kind = clients.get((number - 1) % clients.size());
          long warning = TimeUnit.SECONDS.toNanos(preDrain);
          long lead = TimeUnit.MILLISECONDS.toNanos(kind.leadMillis());
          long drain =
              System.nanoTime()
                  + Math.max(warning, lead)
                  + TimeUnit.MILLISECONDS.toNanos(MARGIN_MILLIS);
          course = Course.start(kind, site(), drain);
          TimeUnit.NANOSECONDS.sleep(drain - warning - System.nanoTime());
          long order = System.nanoTime();
          try (FirstAnswer watch =
              FirstAnswer.watch(trial().requests(), trial().next().commit().id())) {
            trial().reload(watch, sample);
          }
          trial().settle(sample, order);
          return trial().running().commit().id();
        });
  }

  /** Waits for the clients, and records what became of them. */
  @TearDown(Level.Invocation)
  public void measure() throws Exception {
    guarded(
        () -> {
          TimeUnit.MILLISECONDS.sleep(AFTER_MILLIS);
          count(course().stop());
          return sample;
        });
    SampleLog.record(sample.build());
  }

  private void count(List<Fate> fates) {
    Map<Phase, Long> phases = trial().rig().phases();
    long draining = Objects.requireNonNull(phases.get(Phase.DRAINING), "no drain was told");
    long exited = Objects.requireNonNull(phases.get(Phase.EXITED), "no exit was told");
    long ready = Objects.requireNonNull(phases.get(Phase.READY), "no readiness was told");
    long drainNanos =
        System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - draining);
    sample.measured(Figure.DRAIN, (double) (exited - draining));
    sample.measured(Figure.NEXT_READY, (double) (ready - exited));
    sample.measured(Figure.SENT, fates.size());
    ENDINGS.forEach(
        (ending, figure) -> sample.measured(figure, number(fates, one -> one.ending() == ending)));
    sample.measured(Figure.FAILED, number(fates, SlowClientsBenchmark::isLost));
    fates.stream()
        .filter(one -> one.ending() == Ending.ANSWERED)
        .mapToLong(one -> one.endNanos() - one.beginNanos())
        .max()
        .ifPresent(nanos -> sample.measuredNanos(Figure.LONGEST_WAIT, nanos));
    long[] ends =
        fates.stream()
            .filter(one -> one.ending() != Ending.ANSWERED)
            .mapToLong(one -> one.endNanos() - drainNanos)
            .sorted()
            .toArray();
    if (ends.length > 0) {
      sample.measuredNanos(Figure.FIRST_END, ends[0]);
      sample.measuredNanos(Figure.LAST_END, ends[ends.length - 1]);
    }
    fates.stream()
        .filter(SlowClientsBenchmark::isLost)
        .limit(TOLD_OF)
        .forEach(
            one ->
                sample.noted(
                    "at "
                        + (one.endNanos() - drainNanos) / 1_000_000
                        + " ms of the drain: "
                        + one.trouble()));
  }

  private static double number(List<Fate> fates, Predicate<Fate> wanted) {
    return (double) fates.stream().filter(wanted).count();
  }

  private static boolean isLost(Fate fate) {
    return fate.ending() != Ending.ANSWERED && fate.ending() != Ending.TOLD;
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

  private Site site() {
    return Objects.requireNonNull(site, "start has not been called");
  }

  private Course course() {
    return Objects.requireNonNull(course, "reload has not been called");
  }

  private <T> T guarded(Step<T> step) throws Exception {
    return Step.guarded(step, sample, this::clear);
  }
}
