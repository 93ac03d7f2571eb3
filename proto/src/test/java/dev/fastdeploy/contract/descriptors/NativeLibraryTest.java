package dev.fastdeploy.contract.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** On the other machine by an emulator of its processor, which uses this one's kernel. */
  @ParameterizedTest
  @CsvSource({"x86_64, amd64", "aarch64, aarch64"})
  @Timeout(60)
  void theNumbersAreThoseOfTheMachine(String processor, String name) throws Exception {
    assumeTrue(
        isOnPath("clang-14") && isOnPath("ld.lld-14"),
        "clang-14 and lld-14 are missing: the calls are not tried");
    String emulator = "qemu-" + processor + "-static";
    boolean own = System.getProperty("os.arch").equals(name);
    assumeTrue(own || isOnPath(emulator), emulator + " is missing: the calls are not tried");
    Path program = folder.resolve("machine");
    List<String> compile = new ArrayList<>();
    compile.addAll(List.of("clang-14", "--target=" + processor + "-linux-gnu", "-O1"));
    compile.addAll(List.of("-ffreestanding", "-nostdlib", "-static", "-fuse-ld=lld-14"));
    for (RecordComponent number : Machine.class.getRecordComponents()) {
      if (number.getType() == int.class) {
        Object value = number.getAccessor().invoke(Machine.named(name).orElseThrow());
        compile.add("-D" + number.getName() + "=" + value);
      }
    }
    compile.addAll(List.of("-o", program.toString()));
    compile.addAll(List.of("src/test/native/machine.c", "src/native/system-call.c"));
    assertThat(run(compile)).isEmpty();

    List<String> tried = run(own ? List.of("" + program) : List.of(emulator, "" + program));

    assertThat(tried).hasSizeGreaterThan(15).allMatch(line -> line.startsWith("ok "));
  }

  /** It needs no C library, so that of Alpine Linux loads it too. */
  @ParameterizedTest
  @ValueSource(strings = {"gcc", "musl-gcc"})
  @Timeout(60)
  void programsOfEachLibcLoadWhatIsCommitted(String compiler) throws Exception {
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"),
        "the library of x86-64 is tried on it alone");
    assumeTrue(isOnPath(compiler), compiler + " is missing: the library is not loaded by its libc");
    Path library = folder.resolve("x86_64.so");
    Files.write(library, committed("x86_64.so"));
    Path program = folder.resolve("loaded");
    assertThat(run(List.of(compiler, "-o", program.toString(), "src/test/native/loaded.c", "-ldl")))
        .isEmpty();

    assertThat(run(List.of(program.toString(), library.toString())))
        .hasSize(8)
        .allMatch(line -> line.startsWith("ok "));
  }

  private List<String> run(List<String> command) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int code = process.waitFor();
    List<String> said = Files.readAllLines(log);
    assertThat(code).as(String.join("\n", said)).isZero();
    return said;
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
