package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Says aloud when a whole JDK was left out of the end-to-end tests. */
class JdksIT {

  @Test
  void bothJdksAreTested() throws IOException {
    List<Integer> features = Jdks.all().map(Jdk::feature).toList();
    assumeTrue(
        features.stream().anyMatch(feature -> feature >= 25),
        "no JDK 25 or later lies beside the running one, so nothing was tested on it");
    assumeTrue(
        features.contains(17), "the build runs on a later JDK, so nothing was tested on JDK 17");
    assertThat(features).hasSize(2);
  }
}
