package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.testing.JavaHome;
import org.junit.jupiter.api.Assumptions;

/** The JVMs that services run on. */
enum Java {
  RUNNING,
  NEWEST;

  JavaHome home() {
    if (this == RUNNING) {
      return JavaHome.running();
    }
    Assumptions.assumeTrue(
        JavaHome.newest().isPresent(), "no JDK 25 or later is installed beside this one");
    return JavaHome.newest().orElseThrow();
  }
}
