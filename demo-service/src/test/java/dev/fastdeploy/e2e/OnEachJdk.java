package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that run once on each JDK, each with a bed of its own in a folder of its own. */
@ParameterizedClass
@MethodSource("dev.fastdeploy.e2e.Jdks#all")
abstract class OnEachJdk {

  @Parameter Jdk jdk;
  @TempDir Path folder;
  TestBed bed;

  @BeforeEach
  final void makeBed() throws IOException {
    bed = new TestBed(jdk, folder);
  }

  @AfterEach
  final void closeBed() {
    bed.close();
  }
}
