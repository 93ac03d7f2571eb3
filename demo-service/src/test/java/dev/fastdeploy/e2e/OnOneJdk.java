package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that run once, on the JDKs by turns, each with a bed of its own in a folder of its own. The
 * slow profile runs each on the other JDK as well.
 */
abstract class OnOneJdk {

  @TempDir Path folder;
  Jdk jdk;
  TestBed bed;

  @BeforeEach
  final void makeBed(TestInfo test) throws IOException {
    // By its name: a test that is added leaves the others where they are.
    int turn = test.getTestMethod().orElseThrow().getName().hashCode() & 1;
    jdk = Jdks.byTurns(turn);
    bed = new TestBed(jdk, folder);
  }

  @AfterEach
  final void closeBed() {
    bed.close();
  }
}
