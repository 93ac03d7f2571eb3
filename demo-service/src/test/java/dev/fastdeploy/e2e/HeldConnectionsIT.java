package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import dev.fastdeploy.demo.traffic.Fate;
import dev.fastdeploy.demo.traffic.RequestResult;
import dev.fastdeploy.demo.traffic.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No client is refused while a service is reloaded: its listeners outlive its processes. */
@Timeout(180)
class HeldConnectionsIT extends OnEachJdk {

  private static final int PER_SECOND = 100;

  @Test
  void noRequestIsLostInDeploysUnderLoad() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.publish(bed.demoRelease("c3"), "c3");
    LauncherProcess launcher = startHolding();
    assertThat(bed.status()).containsEntry("heldListeners", List.of("127.0.0.1:" + bed.port()));
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

  private LauncherProcess startHolding(String... options) throws Exception {
    LauncherProcess.Builder builder =
        bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--hold-connections", "20s");
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

  private void assertNothingIsHeld() throws Exception {
    Path socket = bed.ownHome().resolve("run/listeners.sock");
    assertThat(Files.exists(socket)).isFalse();
    assertThat(Map.of()).isEmpty();
  }
}
