package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import dev.fastdeploy.demo.traffic.Fate;
import dev.fastdeploy.demo.traffic.RequestResult;
import dev.fastdeploy.demo.traffic.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No client is refused while a service is reloaded: its listeners outlive its processes. */
@Timeout(180)
class HeldConnectionsIT extends OnOneJdk {

  private static final int PER_SECOND = 100;

  /** Longer than any start on a busy machine takes. */
  private static final String LONG = "60s";

  @Test
  void noRequestIsLostInDeploysUnderLoad() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.publish(bed.demoRelease("c3"), "c3");
    LauncherProcess launcher = startHolding();
    assertThat(bed.status())
        .containsEntry("heldListeners", List.of("127.0.0.1:" + bed.port()))
        .doesNotContainKey("notHeldBecause");
    try (Traffic traffic = traffic()) {
      assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
      assertThat(bed.deploy("c3").outcome("result")).isEqualTo("PROVEN");
      traffic.stop();
      assertNothingLost(traffic, launcher);
      assertThat(traffic.results()).anyMatch(result -> result.answeredBy("c2"));
      assertThat(traffic.results()).anyMatch(result -> result.answeredBy("c3"));
    }
    assertNothingIsHeld();
  }

  @Test
  void noRequestIsLostWhenAReleaseFailsAndIsTakenBack() throws Exception {
    bed.publish(bed.demoRelease(new ServiceRelease("bad", Fault.EXIT, 0)), "bad");
    LauncherProcess launcher = startHolding();
    try (Traffic traffic = traffic()) {
      assertThat(bed.deploy("bad").outcome("result")).isEqualTo("ROLLED_BACK");
      bed.awaitServing("c1", launcher);
      traffic.stop();
      assertNothingLost(traffic, launcher);
    }
    assertNothingIsHeld();
  }

  /** What waited for the process that was killed is answered by the one after it. */
  @Test
  void noRequestIsLostWhenTheNewProcessIsKilledBeforeItAnswers() throws Exception {
    bed.publish(bed.demoRelease(new ServiceRelease("stuck", Fault.HANG, 0)), "stuck");
    LauncherProcess launcher = startHolding();
    Object first = bed.servicePid();
    try (Traffic traffic = traffic();
        ChildProcess deploy = bed.startDeploy("stuck")) {
      long second = awaitAnotherThan(first, launcher);
      ProcessHandle.of(second).orElseThrow().destroyForcibly();
      assertThat(deploy.waitFor(TestBed.PATIENCE)).isPresent();
      bed.awaitServing("c1", launcher);
      traffic.stop();
      assertNothingLost(traffic, launcher);
      assertThat(bed.status()).containsEntry("running", "c1");
    }
  }

  /** Everybody who would be reset in the end is told so early, and nobody waits for longer. */
  @Test
  void whoeverWaitsLongerThanToldIsReset() throws Exception {
    bed.publish(bed.demoRelease(new ServiceRelease("stuck", Fault.HANG, 0)), "stuck");
    LauncherProcess launcher = startHolding("--hold-connections", "8s", "--ready-timeout", "30s");
    try (Traffic traffic = traffic();
        ChildProcess deploy = bed.startDeploy("stuck")) {
      assertThat(traffic.await(result -> result.fate() == Fate.REFUSED, TestBed.PATIENCE))
          .isPresent();
      assertThat(deploy.waitFor(TestBed.PATIENCE)).isPresent();
    }
    assertThat(launcher.output().stderr())
        .anyMatch(
            line ->
                line.contains("connections are refused during the reload: the")
                    || line.contains("have waited for up to 8000 ms"));
  }

  @Test
  void aStopEndsTheWaitAtOnce() throws Exception {
    bed.publish(bed.demoRelease(new ServiceRelease("stuck", Fault.HANG, 0)), "stuck");
    LauncherProcess launcher = startHolding();
    Object first = bed.servicePid();
    try (Traffic traffic = traffic();
        ChildProcess deploy = bed.startDeploy("stuck")) {
      long unused = awaitAnotherThan(first, launcher);
      launcher.signal(Signal.TERM);
      assertThat(traffic.await(result -> result.fate() != Fate.SERVED, TestBed.PATIENCE))
          .isPresent();
      assertThat(launcher.waitFor(TestBed.PATIENCE)).isPresent();
      // It goes on asking for the instance.
      deploy.signal(Signal.KILL);
    }
    assertNothingIsHeld();
  }

  /** A debugger and a monitor know what a restart is, and the next JVM must get their ports. */
  @Test
  void thePortsOfADebuggerAndAMonitorAreNotHeld() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    List<Integer> ports = FreePorts.find(2);
    LauncherProcess.Builder builder =
        bed.launcher(bed.demoRelease("c1"), "c1")
            .option("--hold-connections", LONG)
            .option("--ready", "http:" + bed.port() + "/health")
            .javaCommand(
                "-XX:TieredStopAtLevel=1",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:"
                    + ports.get(0),
                "-Dcom.sun.management.jmxremote.port=" + ports.get(1),
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-cp",
                ReleaseBuilder.JAR,
                ReleaseBuilder.MAIN_CLASS,
                "--port",
                "" + bed.port());
    bed.startServing(builder, "c1");

    assertThat(bed.status()).containsEntry("heldListeners", List.of("127.0.0.1:" + bed.port()));
    assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
    assertThat(bed.status()).containsEntry("heldListeners", List.of("127.0.0.1:" + bed.port()));
  }

  @Test
  void connectionsAreRefusedWhereTheLauncherIsToldSo() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    startHolding("--hold-connections", "0s");
    assertThat(bed.status())
        .containsEntry("heldListeners", List.of())
        .doesNotContainKey("notHeldBecause");
    try (Traffic traffic = traffic()) {
      assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
      assertThat(traffic.await(result -> result.fate() == Fate.REFUSED, TestBed.PATIENCE))
          .isPresent();
    }
  }

  private long awaitAnotherThan(Object first, LauncherProcess launcher) {
    return Awaitility.await("the next process")
        .atMost(TestBed.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                launcher.descendants().stream()
                    .map(ProcessHandle::pid)
                    .filter(pid -> pid != ((Number) first).longValue())
                    .findFirst()
                    .orElse(0L),
            pid -> pid != 0);
  }

  private LauncherProcess startHolding(String... options) throws Exception {
    LauncherProcess.Builder builder =
        bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--hold-connections", LONG);
    for (int i = 0; i < options.length; i += 2) {
      builder.option(options[i], options[i + 1]);
    }
    return bed.startServing(builder, "c1");
  }

  private Traffic traffic() {
    Traffic traffic = new Traffic(List.of(bed.port()), PER_SECOND);
    traffic.start();
    return traffic;
  }

  private static void assertNothingLost(Traffic traffic, LauncherProcess launcher) {
    List<RequestResult> lost =
        traffic.results().stream().filter(result -> result.fate() != Fate.SERVED).toList();
    assertThat(lost.size())
        .as(
            () ->
                lost.stream().limit(5).toList()
                    + "\n"
                    + String.join("\n", launcher.output().stderr()))
        .isZero();
  }

  /** Copies live until the release is proven. */
  private void assertNothingIsHeld() {
    Path socket = bed.ownHome().resolve("run/listen.sock");
    Awaitility.await().atMost(TestBed.PATIENCE).until(() -> !Files.exists(socket));
  }
}
