package dev.fastdeploy.contract.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  @TempDir Path folder;

  @Test
  @Timeout(60)
  void whatIsCommittedIsWhatTheSourceGives() throws Exception {
    assumeTrue(
        isOnPath("clang-14") && isOnPath("ld.lld-14"),
        "clang-14 and lld-14 are missing: the library is not built again");
    Process build =
        new ProcessBuilder("bash", "src/native/build.sh", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(build.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();

    for (String library : List.of("x86_64.so", "aarch64.so")) {
      assertThat(Files.readAllBytes(folder.resolve(library)))
          .as(library + " of another source or compiler; run proto/src/native/build.sh")
          .isEqualTo(committed(library));
    }
  }

  private static byte[] committed(String library) throws IOException {
    try (InputStream in = Descriptors.class.getResourceAsStream(library)) {
      return in.readAllBytes();
    }
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
