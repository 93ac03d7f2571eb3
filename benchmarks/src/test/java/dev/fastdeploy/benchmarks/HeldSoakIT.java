package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.benchmarks.load.Connections;
import dev.fastdeploy.benchmarks.load.OpenLoop;
import dev.fastdeploy.benchmarks.load.Requests;
import dev.fastdeploy.benchmarks.load.Shot;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Holding;
import dev.fastdeploy.benchmarks.way.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Deploys one after the other under load: no request is lost, and the launcher is left as it was,
 * with no descriptor, thread or process more. A few in a normal run; the profile {@code soak} does
 * a thousand.
 */
class HeldSoakIT {

  private static final int DEPLOYS = Integer.getInteger("fastdeploy.soak.deploys", 4);

  /** What the first deploys leave open is there once: compiler threads, loaded libraries. */
  private static final int SETTLING = 2;

  /** One load each, so that no list of requests becomes long. */
  private static final int BLOCK = 20;

  private static final int PER_SECOND = 100;
  private static final int CLIENT_TIMEOUT_MILLIS = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private @Nullable ReloadTrial trial;
  private final SampleBuilder sample = new SampleBuilder(BenchmarkName.HELD, 0);

  @RegisterExtension final NothingLeft left = new NothingLeft(this::clear);

  private void clear() {
    if (trial != null) {
      trial.close();
      trial = null;
    }
  }

  /**
   * What a process has open.
   *
   * @param descriptors what they lead to without numbers, and how many do
   */
  private record Open(Map<String, Long> descriptors, int threads) {

    static Open of(long pid) throws IOException {
      Map<String, Long> kinds = new TreeMap<>();
      try (Stream<Path> entries = Files.list(Path.of("/proc/" + pid + "/fd"))) {
        for (Path entry : entries.toList()) {
          kinds.merge(target(entry).replaceAll("[0-9]+", "N"), 1L, Long::sum);
        }
      }
      try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
        return new Open(kinds, (int) tasks.count());
      }
    }

    private static String target(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString();
      } catch (IOException closedMeanwhile) {
        return "";
      }
    }

    /** Returns true if nothing is open that had not been, and no more threads run. */
    boolean within(Open before) {
      return threads <= before.threads
          && descriptors.entrySet().stream()
              .allMatch(
                  kind -> kind.getValue() <= before.descriptors.getOrDefault(kind.getKey(), 0L));
    }
  }

  @Test
  @Timeout(2 * 3600)
  void manyDeploysLoseNothingAndLeaveNothing() throws Exception {
    assumeTrue(Holding.possible(), "this fastdeploy cannot hold connections");
    ReloadTrial begun =
        ReloadTrial.prepare(
            Way.HELD, new Holding(Holding.USUAL), ServiceKind.labelled("demo"), Change.BODY);
    trial = begun;
    begun.start();
    deploy(SETTLING, Connections.ONE_EACH_FORGOTTEN);
    long launcher = launcher(begun.rig().processes());
    AtomicReference<Open> look = new AtomicReference<>();
    Open before =
        Awaitility.await("a launcher at rest")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> Open.of(launcher), now -> now.equals(look.getAndSet(now)));
    int processes = begun.rig().processes().size();

    for (int done = 0; done < DEPLOYS; done += BLOCK) {
      deploy(
          Math.min(BLOCK, DEPLOYS - done),
          done / BLOCK % 2 == 0 ? Connections.kept(16) : Connections.ONE_EACH_FORGOTTEN);
      tell(done, launcher, before);
    }

    Awaitility.await("no descriptor, thread or process more")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Open after = Open.of(launcher);
              assertThat(after).as(before + "").matches((Predicate<Open>) o -> o.within(before));
              assertThat(begun.rig().processes()).hasSize(processes);
            });
  }

  private void deploy(int times, Connections connections) throws Exception {
    ReloadTrial begun = Objects.requireNonNull(trial);
    Requests quick = begun.requests();
    Requests patient = new Requests(quick.port(), quick.path(), CLIENT_TIMEOUT_MILLIS);
    try (OpenLoop loop = OpenLoop.start(patient, PER_SECOND, connections)) {
      for (int i = 0; i < times; i++) {
        begun.stage(sample);
        long order = begun.reload(loop.watch(begun.next().commit().id()), sample);
        begun.settle(sample, order);
      }
      List<Shot> lost = new ArrayList<>(loop.stop());
      assertThat(lost).hasSizeGreaterThan(times);
      lost.removeIf(shot -> shot.reply().good());
      assertThat(lost).as(() -> begun.rig().lastLines().toString()).isEmpty();
    }
  }

  /** What a thousand deploys come to is told as they go. */
  private static void tell(int done, long launcher, Open before) throws IOException {
    if (DEPLOYS > BLOCK) {
      Open now = Open.of(launcher);
      System.out.println(
          "soak: "
              + Math.min(DEPLOYS, done + BLOCK)
              + " deploys, none lost; the launcher has "
              + now.descriptors.values().stream().mapToLong(Long::longValue).sum()
              + " descriptors and "
              + now.threads
              + " threads"
              + (now.within(before) ? "" : ", more than before: " + now.descriptors));
    }
  }

  private static long launcher(Set<Long> processes) {
    return processes.stream()
        .filter(
            pid ->
                ProcessHandle.of(pid)
                    .flatMap(ProcessHandle::parent)
                    .filter(parent -> processes.contains(parent.pid()))
                    .isEmpty())
        .findFirst()
        .orElseThrow();
  }
}
