package dev.fastdeploy.launcher.supervisor.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.ProcessStat;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.process.ProcessTable;
import dev.fastdeploy.launcher.supervisor.process.ServiceMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is taken for left behind by a service, and how it is ended. */
@Timeout(60)
class LeftProcessesTest {

  private static final long LAUNCHER = 1;
  private static final long SERVICE = 50;
  private static final long SERVICE_BEGAN = 1000;

  @TempDir Path folder;
  private final ServiceMark mark = ServiceMark.create();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<Long> processes = new ArrayList<>();
  private Consumer<String> speaker;

  @BeforeEach
  void listen() {
    speaker = Diagnostics.sayBy(said::add);
  }

  @AfterEach
  void endAll() {
    Diagnostics.sayBy(speaker);
    processes.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void whatLostItsParentIsKnownByItsMark() throws Exception {
    long left = orphan(mark, "sleep 60 & echo $!");
    leftovers(Duration.ofSeconds(20)).end(service(Long.MAX_VALUE), listener());

    assertThat(LauncherFacts.startedTicks(left)).isZero();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("the process " + left + " (sleep)", "ended before the next start");
  }

  @Test
  void whatDoesNotObeyIsKilled() throws Exception {
    long left = orphan(mark, "sh -c \"trap '' TERM; sleep 60; sleep 60\" & echo $!");

    leftovers(Duration.ofMillis(100)).end(service(Long.MAX_VALUE), listener());

    assertThat(LauncherFacts.startedTicks(left)).isZero();
  }

  @Test
  void whatCanNoLongerBeRecognisedWhileItEndsIsWaitedFor() throws Exception {
    long left =
        orphan(
            mark,
            "sh -c \"trap 'exec env -i sleep 1' TERM; while :; do sleep 0.02; done\" & echo $!");

    leftovers(Duration.ofSeconds(20)).end(service(Long.MAX_VALUE), listener());

    assertThat(LauncherFacts.startedTicks(left)).isZero();
  }

  @Test
  void whatIsStartedWhileTheOthersEndIsEndedToo() throws Exception {
    orphan(mark, "sh -c \"trap 'sleep 61 & exit' TERM; while :; do sleep 0.02; done\" & echo $!");

    leftovers(Duration.ofSeconds(20)).end(service(Long.MAX_VALUE), listener());

    for (ProcessStat process : ProcessTable.now().all()) {
      assertThat(ProcessTable.wasStartedWith(process.pid(), mark.assignment()))
          .as(process.name())
          .isFalse();
    }
  }

  @Test
  void whatHasAnotherMarkOrNoneIsLeftAlone() throws Exception {
    long others = orphan(ServiceMark.create(), "sleep 60 & echo $!");
    long ofAnInitTask = orphan(ServiceMark.OF_INIT_TASKS, "sleep 60 & echo $!");
    long almost = orphan(new ServiceMark(mark.value() + "x"), "sleep 60 & echo $!");

    leftovers(Duration.ZERO).end(service(Long.MAX_VALUE), listener());

    assertThat(List.of(others, ofAnInitTask, almost))
        .allMatch(pid -> LauncherFacts.startedTicks(pid) != 0);
    assertThat(said).isEmpty();
  }

  @Test
  void whatWashedItsEnvironmentIsKnownByTheSessionThatTheServiceLed() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid", "sh", "-c", "env -i sleep 60 >/dev/null 2>&1 & echo $!; echo $$");
    Process service = builder.start();
    BufferedReader out = service.inputReader();
    long left = Long.parseLong(out.readLine());
    processes.add(left);
    long session = Long.parseLong(out.readLine());
    service.waitFor();

    leftovers(Duration.ofSeconds(20)).end(service(session), listener());

    assertThat(LauncherFacts.startedTicks(left)).isZero();
  }

  @Test
  void whatIsInTheSessionOfALauncherThatLeadsItIsTheServices() {
    assertThat(found(process(60, LAUNCHER, LAUNCHER, SERVICE_BEGAN))).containsExactly(60L);
    // Below one that was left, in a group of its own.
    assertThat(
            found(
                process(60, LAUNCHER, LAUNCHER, SERVICE_BEGAN),
                process(61, 60, LAUNCHER, SERVICE_BEGAN + 1)))
        .containsExactlyInAnyOrder(60L, 61L);
  }

  @Test
  void whatOthersStartedIsNot() {
    // An init task's daemon, and what that starts later.
    assertThat(
            found(
                process(40, LAUNCHER, LAUNCHER, SERVICE_BEGAN - 1),
                process(60, 40, LAUNCHER, SERVICE_BEGAN + 1)))
        .isEmpty();
    // A person's shell in the container: a session of its own, whose parent is outside.
    assertThat(found(process(70, 0, 70, SERVICE_BEGAN + 1), process(71, 70, 70, SERVICE_BEGAN + 1)))
        .isEmpty();
    assertThat(found(process(99, LAUNCHER, LAUNCHER, SERVICE_BEGAN))).as("kill").isEmpty();
  }

  @Test
  void whatAShellStartedBesideTheLauncherIsNot() {
    long shell = 5;
    long launcher = 7;
    ProcessTable living =
        new ProcessTable(
            List.of(
                inGroup(shell, 1, shell, 1),
                inGroup(launcher, shell, launcher, SERVICE_BEGAN),
                // What it is piped to, and below that.
                inGroup(8, shell, launcher, SERVICE_BEGAN + 1),
                inGroup(9, 8, launcher, SERVICE_BEGAN + 2),
                // Orphans, one given to the launcher's own parent.
                inGroup(60, 1, launcher, SERVICE_BEGAN + 20),
                inGroup(61, shell, launcher, SERVICE_BEGAN + 20)));
    LeftProcesses leftovers =
        new LeftProcesses(mark, pid -> false, launcher, Duration.ZERO, Duration.ZERO);

    assertThat(leftovers.find(living, ended()))
        .extracting(ProcessStat::pid)
        .containsExactlyInAnyOrder(60L, 61L);
  }

  private static ProcessStat inGroup(long pid, long parent, long group, long began) {
    return new ProcessStat(pid, "p", 'S', parent, group, 3, 1, began);
  }

  @Test
  void whatTakesItsTimeIsToldOnce() throws Exception {
    Path told = folder.resolve("told");
    orphan(
        mark,
        "sh -c \"trap 'echo >>"
            + told
            + "' TERM; echo >"
            + told
            // Now running, now asleep.
            + "; while :; do for i in \\$(seq 3000); do :; done; sleep 0.01; done\" & echo $!");
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(told));

    leftovers(Duration.ofMillis(500)).end(service(Long.MAX_VALUE), listener());

    assertThat(Files.readAllLines(told)).as("the first line, and TERM").hasSizeLessThan(3);
  }

  @Test
  void ofAServiceWhoseBeginIsNotKnownTheSessionTellsNothing() {
    ProcessTable living = table(process(60, LAUNCHER, LAUNCHER, SERVICE_BEGAN));

    assertThat(inContainer().find(living, new LeftProcesses.Service(SERVICE, 0, 0, List.of(), 1)))
        .isEmpty();
  }

  @Test
  void whatDescendedWhenTheEndBeganIsRemembered() {
    ProcessStat daemon = process(80, LAUNCHER, 80, SERVICE_BEGAN + 1);
    ProcessStat later = process(80, LAUNCHER, 80, SERVICE_BEGAN + 2);
    LeftProcesses.Service ended =
        new LeftProcesses.Service(SERVICE, SERVICE_BEGAN, SERVICE_BEGAN, List.of(daemon), 1);

    assertThat(inContainer().find(table(daemon), ended)).containsExactly(daemon);
    assertThat(inContainer().find(table(later), ended)).isEmpty();
  }

  private List<Long> found(ProcessStat... living) {
    return inContainer().find(table(living), ended()).stream().map(ProcessStat::pid).toList();
  }

  /** As without init tasks: what came after the launcher counts. */
  private static LeftProcesses.Service ended() {
    return new LeftProcesses.Service(SERVICE, SERVICE_BEGAN, SERVICE_BEGAN + 10, List.of(), 1);
  }

  private LeftProcesses inContainer() {
    return new LeftProcesses(mark, pid -> pid == 99, LAUNCHER, Duration.ZERO, Duration.ZERO);
  }

  private static ProcessTable table(ProcessStat... living) {
    List<ProcessStat> all = new ArrayList<>(List.of(living));
    all.add(process(LAUNCHER, 0, LAUNCHER, 1));
    return new ProcessTable(all);
  }

  private static ProcessStat process(long pid, long parent, long session, long began) {
    return new ProcessStat(pid, "p", 'S', parent, pid, session, 1, began);
  }

  private LeftProcesses leftovers(Duration untilKill) {
    return new LeftProcesses(
        mark, pid -> false, ProcessHandle.current().pid(), untilKill, Duration.ofSeconds(40));
  }

  private static LeftProcesses.Service service(long pid) {
    return new LeftProcesses.Service(
        pid, 0, 0, List.of(), LauncherFacts.startedTicks(ProcessHandle.current().pid()));
  }

  private static StopListener listener() {
    return new StopListener(
        new LinkedBlockingQueue<>(), new StopRequest(true), Duration.ofSeconds(20));
  }

  /** A process whose parent has gone. It runs its own program, so that its mark can be seen. */
  private long orphan(ServiceMark carried, String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "exec 2>/dev/null; " + script.replace("&", ">/dev/null &"));
    builder.environment().put(ProcessContract.MARK, carried.value());
    Process parent = builder.start();
    long pid = Long.parseLong(parent.inputReader().readLine());
    processes.add(pid);
    parent.waitFor();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                // Until then it is a copy of the shell.
                !Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains("exec 2>/dev/null")
                    && ProcessTable.wasStartedWith(pid, carried.assignment()));
    return pid;
  }
}
