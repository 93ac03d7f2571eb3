package dev.fastdeploy.agent.reload.module.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.agent.testing.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JVM is as it was before the generation, and nothing is disturbed that was not its. */
class StateProcessTest {

  private @TempDir Path directory;

  /** The running one, and the newest if there is one. */
  static Stream<JavaHome> javas() {
    return Stream.concat(Stream.of(JavaHome.running()), JavaHome.newest().stream());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void putsTheStateBackAndTellsWhatItCannotClear(JavaHome java) throws Exception {
    Map<String, String> facts =
        Facts.of(Lab.run(java, directory, "-XX:+UseSerialGC", StateLab.class.getName()));

    assertThat(facts)
        .contains(entry("initialised", "[]"), entry("said of nothing", "[]"))
        .contains(entry("method handle collected", "true"))
        .contains(entry("hook", "ran"))
        .contains(entry("stubborn ended", "true"))
        .contains(entry("child collected", "true"))
        .containsEntry(
            "child",
            "[child process PID could not be cleared: it runs, and the old code waits for its end]")
        .contains(entry("jar open before", "true"), entry("jar open after", "false"))
        .contains(entry("jar open after another", "true[]"))
        .contains(entry("state changed", "true"), entry("state said", "[]"))
        .contains(entry("properties", "true"), entry("property changed", "no"))
        .contains(entry("property added", "null"), entry("property removed", "no"))
        .contains(entry("streams", "true"), entry("locale", "fr_FR ja_JP"))
        .contains(entry("zone", "Europe/Paris"), entry("uncaught", "null"))
        .contains(entry("signals", "true"), entry("root", "INFO 1"))
        .contains(entry("state collected", "true"))
        .contains(entry("registries of the first", "driver reader editor zip"))
        .contains(entry("registries of the second", "driver reader editor zip"))
        .contains(entry("said of the first", "[]"), entry("said of the second", "[]"))
        .contains(entry("copies before", "[]"), entry("copies", "[com.example.Second]"))
        .contains(entry("copies but the stub", "[]"));
    assertThat(facts.get("stubborn"))
        .matches(
            "\\[thread 'app-stubborn' \\(\\S+\\.app\\.StubbornApp\\.block\\)"
                + " did not end within \\d+ ms\\]");
  }

  @ParameterizedTest
  @MethodSource("javas")
  void namesNativeLibraries(JavaHome java) throws Exception {
    Path library = library();

    Map<String, String> facts =
        Facts.of(Lab.run(java, directory, "-Dlab.native=" + library, StateLab.class.getName()));

    assertThat(facts)
        .contains(entry("native of none", "[]"))
        .contains(entry("native", "[liblab.so]"));
  }

  /** Made by the C compiler where there is one, otherwise a copy of one that every Linux has. */
  private Path library() throws IOException, InterruptedException {
    Path library = directory.resolve("liblab.so");
    if (!compiled(library)) {
      Optional<Path> present =
          Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/lib")
              .map(each -> Path.of(each, "libz.so.1"))
              .filter(Files::exists)
              .findFirst();
      assumeTrue(present.isPresent(), "neither a C compiler nor libz.so.1 here");
      Files.copy(present.get(), library);
    }
    return library;
  }

  private boolean compiled(Path library) throws IOException, InterruptedException {
    Path source = Files.writeString(directory.resolve("lab.c"), "int lab(void) { return 1; }");
    try {
      return new ProcessBuilder("cc", "-shared", "-o", library.toString(), source.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("cc.log").toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException noCompiler) {
      return false;
    }
  }
}
