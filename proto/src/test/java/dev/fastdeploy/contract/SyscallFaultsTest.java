package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls of an activation fail, one after the other, as strace makes them: the home holds a
 * proven release afterwards, and the next activation works. A few of all cases, chosen by {@code
 * -Dfastdeploy.fuzz.seed}; {@code -Dfastdeploy.syscall.faults=all} takes all of them. The JDKs take
 * turns.
 */
@Timeout(1800)
class SyscallFaultsTest {

  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final Commit BEFORE = new Commit("before");
  private static final Commit NEXT = new Commit("next");
  private static final List<String> ERRORS = List.of("ENOSPC", "EDQUOT", "EIO", "EMFILE");

  /** The calls by which the home is changed, and how many there are of each at most. */
  private static final Map<String, Integer> CALLS =
      Map.of(
          "fsync", 12,
          "?rename,?renameat,?renameat2", 4,
          "?symlink,?symlinkat", 2,
          "?mkdir,?mkdirat", 3,
          "write", 4,
          "openat", 10);

  /** One that shows that faults are injected at all. */
  private static final Fault SURE = new Fault("fsync", "ENOSPC", 1);

  private static final int SAMPLE = 2;

  @TempDir Path directory;

  private record Fault(String call, String error, int which) {}

  @Test
  void aProvenReleaseIsLeftAndTheNextActivationWorks() throws Exception {
    assumeThat(Files.isExecutable(STRACE)).as("needs strace").isTrue();
    assumeThat(run(List.of(STRACE.toString(), "-o", "/dev/null", "true")))
        .as("needs to trace processes")
        .isZero();
    long seed = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
    boolean all = System.getProperty("fastdeploy.syscall.faults", "").equals("all");
    List<Fault> faults = faults();
    Collections.shuffle(faults, new Random(seed));
    int number = 0;
    List<Path> javas = javas();
    injected(SURE, javas.get(0), directory.resolve("home-sure"), seed);
    for (Fault fault : all ? faults : faults.subList(0, SAMPLE)) {
      Path java = javas.get(number % javas.size());
      injected(fault, java, directory.resolve("home-" + number++), seed);
    }
  }

  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (String call : CALLS.keySet().stream().sorted().toList()) {
      for (String error : ERRORS) {
        for (int which = 1; which <= CALLS.getOrDefault(call, 0); which++) {
          faults.add(new Fault(call, error, which));
        }
      }
    }
    return faults;
  }

  /** The one that runs the test, and the newest that is installed beside it. */
  private static List<Path> javas() throws IOException {
    Path running = Path.of(System.getProperty("java.home"));
    List<Path> homes = new ArrayList<>(List.of(running));
    try (Stream<Path> siblings = Files.list(running.resolveSibling("."))) {
      siblings.filter(SyscallFaultsTest::isNew).findFirst().ifPresent(homes::add);
    }
    return homes.stream().map(home -> home.resolve("bin/java")).toList();
  }

  private static boolean isNew(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
    } catch (IOException noJdk) {
      return false;
    }
  }

  private void injected(Fault fault, Path java, Path given, long seed) throws Exception {
    String what = fault + " on " + java + " of -Dfastdeploy.fuzz.seed=" + seed;
    Home home = new Home(given);
    home.create();
    stage(home, BEFORE);
    activate(home, BEFORE, "d0");
    home.change(state -> state.withPendingProven(1));

    List<String> command = new ArrayList<>(List.of(STRACE.toString(), "-f", "--seccomp-bpf"));
    command.addAll(List.of("-o", "/dev/null"));
    if (fault.call().equals("openat")) {
      // The JVM opens files of its own, and does not start without them.
      for (String path :
          List.of("state", "state/lock", "state/state", "releases", "releases/next")) {
        command.addAll(List.of("-P", home.root().resolve(path).toString()));
      }
      command.addAll(List.of("-P", home.root().toString()));
    }
    command.addAll(
        List.of(
            "-e",
            "trace=" + fault.call(),
            "-e",
            "inject=%s:error=%s:when=%d".formatted(fault.call(), fault.error(), fault.which()),
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Activation.class.getName(),
            given.toString()));
    int code = run(command);

    // 0: done; 3: refused with an IOException. Nothing else may come out of it.
    assertThat(code).as(what).isIn(0, 3);
    if (fault.equals(SURE)) {
      assertThat(code).as("the fault was injected").isEqualTo(3);
    }
    HomeState state = home.state();
    assertThat(state.lastProven()).as(what).contains(BEFORE);
    assertThat(home.release(BEFORE)).as(what).isPresent();
    Optional<Release> next = home.release(NEXT);
    if (next.isPresent()) {
      assertThat(next.get().directory().resolve("file")).as(what).hasContent("next");
    }
    heals(home, what);
  }

  /** What the next start and the next deploy do. */
  private static void heals(Home home, String what) throws IOException {
    home.lockForLauncher().orElseThrow().acquiredBy().close();
    home.removeLeftovers();
    home.create();
    home.change(state -> state.withPendingGivenUp("started again"));
    home.pointCurrentTo(BEFORE);
    assertThat(home.current().toRealPath().getFileName()).as(what).hasToString("before");
    try (Stream<Path> entries = Files.list(home.root().resolve("releases"))) {
      assertThat(entries.filter(entry -> entry.getFileName().toString().startsWith(".staging")))
          .as(what)
          .isEmpty();
    }
    if (home.release(NEXT).isEmpty()) {
      stage(home, NEXT);
    }
    activate(home, NEXT, "d2");
    home.change(state -> state.withPendingProven(2));
    assertThat(home.state().lastProven()).as(what).contains(NEXT);
    assertThat(home.current().toRealPath().getFileName()).as(what).hasToString("next");
  }

  private static void stage(Home home, Commit commit) throws IOException {
    Path staged = home.newStagingDirectory();
    Path tree = Files.createDirectory(staged.resolve("release"));
    Files.writeString(tree.resolve("file"), commit.id());
    home.publish(tree, commit);
    DurableFiles.deleteTree(staged);
  }

  private static void activate(Home home, Commit commit, String deploy) throws IOException {
    home.activate(
        new PendingActivation(new DeployId(deploy), 1, null, commit, "process", false, Map.of()));
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(120, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Stages and activates a release. */
  static final class Activation {

    public static void main(String[] arguments) {
      Home home = new Home(Path.of(arguments[0]));
      try {
        stage(home, NEXT);
        activate(home, NEXT, "d1");
      } catch (IOException refused) {
        System.exit(3);
      }
    }
  }
}
