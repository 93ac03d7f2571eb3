package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

  @TempDir Path folder;

  @Test
  void thisMachineIsRead() {
    Machine machine = Machine.here();

    assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(machine.memoryBytes()).isGreaterThan(Runtime.getRuntime().maxMemory() / 2);
    assertThat(machine.kernel()).contains(System.getProperty("os.version"));
    assertThat(machine.jdks()).singleElement().asString().contains(Runtime.version().toString());
    assertThat(machine.date()).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void otherJdksAreReadFromTheirHomes() throws IOException {
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\n");

    assertThat(Machine.here(folder).jdks()).last().isEqualTo("Eclipse Adoptium 25.0.3+9-LTS");
  }

  @Test
  void aJdkThatDoesNotTellItsFullVersionIsNamedByTheShortOne() throws IOException {
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

    assertThat(Machine.here(folder).jdks()).last().isEqualTo("unknown vendor 17.0.15");
  }

  @Test
  void aHomeOfNoJdkIsRefused() {
    assertThatThrownBy(() -> Machine.here(folder))
        .hasMessage("'" + folder + "' is not the home of a JDK: it has no file named release");
  }

  @Test
  void theProcessorIsNamedByTheKernel() {
    assertThat(MachineReader.cpu("processor\t: 0\nmodel name\t: AMD EPYC\nflags\t: x\n"))
        .isEqualTo("AMD EPYC");
    assertThat(MachineReader.cpu("processor\t: 0\n")).isEqualTo("unknown");
  }

  @Test
  void aDirectoryOutsideOfAWorkTreeHasNoCommit() {
    assertThat(GitCommit.of(folder)).isNull();
  }

  @Test
  void theSectionTellsWhatIsNotKnown() {
    Machine machine =
        new Machine(
            2,
            3L << 29,
            "AMD EPYC",
            "Linux 6",
            "Debian",
            List.of("A 17", "B 25"),
            Instant.parse("2026-01-02T03:04:05.678Z"),
            null,
            -1);

    assertThat(MarkdownReport.text(new Report("T", "", List.of(machine.section()))))
        .contains("| Cores | 2 |")
        .contains("| Memory | 1.5 GiB |")
        .contains("| JDK | A 17 |")
        .contains("| JDK | B 25 |")
        .contains("| Date | 2026-01-02T03:04:05Z |")
        .contains("| Commit | unknown |")
        .contains("| Load average | unknown |");
  }
}
