package dev.fastdeploy.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FleetFlagsTest {

  @Test
  void whatIsMeasuredIsWhatUsersAreTold() throws Exception {
    assertThat(Files.readString(Path.of("../docs/fleet.md")))
        .contains("java " + String.join(" ", FleetSuite.FLAGS) + " -jar fastdeploy.jar deploy");
  }
}
