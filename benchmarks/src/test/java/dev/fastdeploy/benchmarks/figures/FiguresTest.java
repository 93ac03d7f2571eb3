package dev.fastdeploy.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final long PID = ProcessHandle.current().pid();

  @Test
  void aProcessNameMayHoldAnything() {
    String line = "42 (a) b) S 1 42 42 0 -1 4194304 100 0 0 0 11 22 33 44 20 0 9 0 12345 1 2 3";

    assertThat(ProcStat.parse(line)).isEqualTo(new ProcStat(33, 77));
  }

  @Test
  void theTimeOfProcessesThatHaveEndedIsCounted() throws Exception {
    String loop = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
    try (ChildProcess shell =
        ChildProcess.start(
            List.of("sh", "-c", "sh -c '" + loop + "'; echo over; exec sleep 60"),
            Map.of(),
            null)) {
      assertThat(shell.output().await("over"::equals, Duration.ofSeconds(60))).isPresent();

      // The one that worked is gone; the one that waits for nothing has used next to nothing.
      assertThat(ProcessorTime.seconds(List.of(shell.pid()))).isGreaterThan(0.05);
    }
  }

  @Test
  void aProcessThatIsGoneCountsNothing() throws IOException {
    assertThat(ProcessorTime.seconds(List.of(4_000_000_000L))).isZero();
    assertThat(Memory.megabytes(List.of(4_000_000_000L))).isZero();
  }

  @Test
  void memoryIsTheProportionalSetSize() throws IOException {
    assertThat(
            SmapsRollup.kilobytes(
                List.of("00400000-7ff [rollup]", "Rss: 9 kB", "Pss:      1234 kB"), "Pss:"))
        .isEqualTo(1234);
    assertThat(Memory.megabytes(List.of(PID))).isBetween(20.0, 4_000.0);
    assertThatThrownBy(() -> SmapsRollup.kilobytes(List.of("Rss: 9 kB"), "Pss:"))
        .hasMessageContaining("Pss");
  }

  @Test
  void loadersAreCountedByTheirKind() {
    LoaderCensus census =
        LoaderCensus.read(
            List.of(
                "4711:",
                "ClassLoader         Parent              CLD*  Classes   ChunkSz   BlockSz  Type",
                "0x01  0x02  0x03  1  512  429  jdk.internal.reflect.DelegatingClassLoader",
                "0x01  0x02  0x03  58  20480  18682  org.jboss.modules.ModuleClassLoader",
                "                       331    131584     85450   + hidden classes",
                "0x0000000000000000  0x00  0x03  2874  1245184  1186245  <boot class loader>",
                "Total = 46                   9337   5002496   4889523"));

    assertThat(census).isEqualTo(new LoaderCensus(2, 1));
  }

  @Test
  void metaspaceIsReadInEveryUnit() throws IOException {
    assertThat(JvmFigures.metaspace(List.of("Class: 1 KB used.", "      Both:    512.00 KB used.")))
        .isCloseTo(0.524288, within(1e-9));
    assertThat(JvmFigures.metaspace(List.of("Both: 35.67 MB used."))).isCloseTo(37.4, within(0.1));
    assertThatThrownBy(() -> JvmFigures.metaspace(List.of("nothing")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aRealJvmTellsItsLoadersAndForgetsThoseThatNobodyHolds() throws Exception {
    JvmFigures jvm = new JvmFigures(Jdk.running(), Map.of());
    List<ClassLoader> held = loaders(5);
    int with = jvm.loaders(PID).alive();
    assertThat(held).hasSize(5);

    held.clear();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              jvm.collect(PID);
              return jvm.loaders(PID).alive() <= with - 5;
            });
    assertThat(jvm.metaspaceMegabytes(PID)).isBetween(1.0, 1_000.0);
  }

  @Test
  void thePeakIsThatSinceItWasLastTaken() {
    try (ResidentPeak peak = ResidentPeak.watch(() -> List.of(PID, Long.MAX_VALUE))) {
      Awaitility.await().until(() -> peak.take() > 10);
      Awaitility.await().until(() -> peak.take() > 10);
    }
  }

  /** Loaders that have defined a class: the JVM knows no others. */
  private static List<ClassLoader> loaders(int count) throws Exception {
    URL[] classes = {FiguresTest.class.getProtectionDomain().getCodeSource().getLocation()};
    List<ClassLoader> loaders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
      assertThat(loader.loadClass(Loaded.class.getName()).getClassLoader()).isSameAs(loader);
      loaders.add(loader);
    }
    return loaders;
  }

  /** Is loaded again by loaders of its own. */
  static final class Loaded {}
}
