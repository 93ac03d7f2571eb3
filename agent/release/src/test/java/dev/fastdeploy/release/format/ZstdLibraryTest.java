package dev.fastdeploy.release.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where zstd's native library is loaded from, in JVMs of their own: each loads it only once. */
class ZstdLibraryTest {

  @TempDir Path directory;

  @Test
  void aPlaceThatWillNotDoIsPassedOver() throws Exception {
    Path missing = directory.resolve("missing");
    Path place = Files.createDirectory(directory.resolve("place"));

    assertThat(load(missing, place)).isEqualTo("loaded");
  }

  @Test
  void nothingOfTheLibraryStaysBehind() throws Exception {
    Path place = Files.createDirectory(directory.resolve("place"));

    assertThat(load(place)).isEqualTo("loaded");
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void whereNoneWillDoTheMessageNamesAllAndTheWayOut() throws Exception {
    Path missing = directory.resolve("missing");
    Path gone = directory.resolve("gone");

    assertThat(load(missing, gone))
        .contains(missing.toString(), gone.toString(), "publish .tar.gz");
  }

  private String load(Path... places) throws Exception {
    Path output = directory.resolve("output");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Loads.class.getName()));
    for (Path place : places) {
      command.add(place.toString());
    }
    Process process = new ProcessBuilder(command).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output).strip();
  }

  static final class Loads {

    public static void main(String[] arguments) {
      try {
        Zstd.load(Arrays.stream(arguments).map(Path::of).toList());
        System.out.println("loaded");
      } catch (IOException failure) {
        System.out.println(failure.getMessage());
      }
    }
  }
}
