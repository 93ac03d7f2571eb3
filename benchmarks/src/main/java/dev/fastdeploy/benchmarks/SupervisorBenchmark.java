package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.figures.ProcessMemory;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.supervision.Peer;
import dev.fastdeploy.benchmarks.supervision.RunningPeer;
import dev.fastdeploy.benchmarks.way.Bench;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * Compares the launcher with other supervisors: the time from the end of a child to the start of
 * the next, and the supervisor's own memory. All of them run at once with the same child; an
 * invocation is a round in which each child in turn ends and is started again, in a rotating order.
 * One round before the first is not counted. JMH's own time is that of the whole round; the figures
 * are in the samples.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 20)
@Fork(1)
public class SupervisorBenchmark {

  /**
   * Milliseconds before a round: most supervisors delay the restart of a child that lived for less
   * than a second.
   */
  @Param("1200")
  public int lived = 1_200;

  private final Map<Peer, RunningPeer> running = new EnumMap<>(Peer.class);
  private @Nullable Workplace workplace;
  private SampleBuilder sample = new SampleBuilder(BenchmarkName.SUPERVISOR, 0);
  private int number;

  /** Starts the supervisors that are installed. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    Workplace place = Workplace.open();
    workplace = place;
    Bench bench = Bench.in(place);
    for (Peer peer : Peer.values()) {
      sample = sample(peer);
      Optional<String> obstacle = peer.obstacle();
      if (obstacle.isEmpty()) {
        guarded(() -> running.put(peer, RunningPeer.start(peer, place, bench.jdk())));
      } else {
        SampleLog.record(sample.refused(obstacle.get()).build());
      }
    }
    live();
    for (Map.Entry<Peer, RunningPeer> one : running.entrySet()) {
      restarted(one.getKey(), one.getValue());
    }
  }

  /** Lets the children live for long enough. */
  @Setup(Level.Invocation)
  public void live() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(lived);
  }

  /** One round. */
  @Benchmark
  public List<Sample> round() throws Exception {
    number++;
    List<Sample> samples = new ArrayList<>();
    List<Map.Entry<Peer, RunningPeer>> inTurn = new ArrayList<>(running.entrySet());
    Collections.rotate(inTurn, number);
    for (Map.Entry<Peer, RunningPeer> one : inTurn) {
      Sample restarted = restarted(one.getKey(), one.getValue());
      SampleLog.record(restarted);
      samples.add(restarted);
    }
    return samples;
  }

  private Sample restarted(Peer peer, RunningPeer supervisor) throws Exception {
    sample = sample(peer);
    return guarded(() -> measured(peer, supervisor)).build();
  }

  private SampleBuilder sample(Peer peer) {
    return new SampleBuilder(BenchmarkName.SUPERVISOR, number).with("supervisor", peer.label());
  }

  private SampleBuilder measured(Peer peer, RunningPeer supervisor) throws Exception {
    if (peer.restarts()) {
      sample.measured(Figure.RESTART_GAP, supervisor.restart());
    }
    ProcessMemory memory = supervisor.memory();
    sample.measured(Figure.RESIDENT, memory.resident());
    return sample.measured(Figure.PRIVATE_DIRTY, memory.privateDirty());
  }

  /** Returns how often a supervisor has started its child, for tests. */
  int starts(Peer peer) throws IOException {
    return Objects.requireNonNull(running.get(peer), "it does not run").starts();
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
    running.values().forEach(RunningPeer::close);
    running.clear();
    if (workplace != null) {
      workplace.close();
      workplace = null;
    }
  }

  private <T> T guarded(Step<T> step) throws Exception {
    return Step.guarded(step, sample, this::clear);
  }
}
