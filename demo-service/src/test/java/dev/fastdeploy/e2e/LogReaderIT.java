package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever reads the container's log does so slowly, not at all, or goes away, as log drivers do:
 * deploys go on, and of the service no line is lost as long as there is a reader.
 */
@Timeout(120)
class LogReaderIT {

  /** More than all pipes on the way hold. */
  private static final int MANY = 60_000;

  @TempDir Path folder;
  private TestBed bed;
  private Path fifo;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch mayRead = new CountDownLatch(1);

  @BeforeEach
  void makeBed(TestInfo test) throws Exception {
    bed = new TestBed(Jdks.byTurns(test.getDisplayName().hashCode() & 1), folder);
    fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
  }

  @AfterEach
  void end() {
    mayRead.countDown();
    bed.close();
  }

  @Test
  void aSlowReaderGetsEveryLineInItsOrderOverADeploy() throws Exception {
    bed.publish(bed.subjectRelease("c2", "lines=3000"), "c2");
    read(() -> LockSupport.parkNanos(200_000));
    mayRead.countDown();
    LauncherProcess launcher = start(bed.subjectRelease("c1", "lines=3000"), ">");

    assertDeploys("c2");

    awaitLine("subject c2 serves");
    launcher.signal(Signal.TERM);
    assertThat(launcher.waitFor(TestBed.PATIENCE)).hasValue(0);
    List<String> out = List.copyOf(lines).stream().filter(line -> line.contains(" out ")).toList();
    int ofC1 = (int) out.stream().filter(line -> line.startsWith("c1 ")).count();
    assertThat(out).isEqualTo(inOrder("c1 out ", ofC1, "c2 out ", 3000));
  }

  /** Its own standard error is stuck, and so are the lines of agent and launcher. */
  @Test
  void aDeployGoesThroughWhileNobodyReadsAndNothingIsMissingAfterwards() throws Exception {
    bed.publish(bed.subjectRelease("c2", "complaints=10"), "c2");
    read(() -> {});
    start(bed.subjectRelease("c1", "complaints=" + MANY), "2>");

    assertDeploys("c2");

    assertThat(bed.status()).containsEntry("running", "c2").containsEntry("proven", "c2");
    assertThat(lines).as("read so far").isEmpty();
    mayRead.countDown();
    awaitLine("c2 complains 9");
    List<String> complaints =
        List.copyOf(lines).stream().filter(line -> line.contains(" complains ")).toList();
    int ofC1 = complaints.size() - 10;
    assertThat(ofC1).isPositive();
    assertThat(complaints).isEqualTo(inOrder("c1 complains ", ofC1, "c2 complains ", 10));
  }

  @Test
  void aServiceThatWaitsForAReaderIsStillReplacedAndStopped() throws Exception {
    bed.publish(bed.subjectRelease("c2", "lines=" + MANY), "c2");
    read(() -> {});
    LauncherProcess launcher =
        start(bed.subjectRelease("c1", "lines=" + MANY), "2>&1 >", "--stop-timeout", "2s");

    assertDeploys("c2");

    launcher.signal(Signal.TERM);
    assertThat(launcher.waitFor(Duration.ofSeconds(20))).isPresent();
  }

  @Test
  void withoutAReaderTheServiceGoesOn() throws Exception {
    bed.publish(bed.subjectRelease("c2", "lines=" + MANY), "c2");
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader in = open()) {
                lines.add(in.readLine());
              } catch (IOException failure) {
                lines.add(failure.toString());
              }
            });
    reader.start();
    start(bed.subjectRelease("c1", "lines=" + MANY), ">");
    reader.join();

    assertDeploys("c2");

    assertThat(lines).containsExactly("c1 out 0");
  }

  private LauncherProcess start(Path image, String redirection, String... options)
      throws Exception {
    LauncherProcess.Builder builder =
        bed.subjectLauncher(image, "c1")
            .through("sh", "-c", "exec \"$0\" \"$@\" " + redirection + "'" + fifo + "'");
    for (int i = 0; i < options.length; i += 2) {
      builder.option(options[i], options[i + 1]);
    }
    return bed.startServing(builder, "c1");
  }

  /** Opens the log at once and reads it once it may, with a pause after each line. */
  private void read(Runnable pause) {
    Thread reader = new Thread(() -> readAll(pause), "log-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll(Runnable pause) {
    try (BufferedReader in = open()) {
      mayRead.await();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        pause.run();
      }
    } catch (IOException | InterruptedException ended) {
      lines.add(ended.toString());
    }
  }

  private BufferedReader open() throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(fifo), StandardCharsets.UTF_8));
  }

  private void awaitLine(String line) {
    Awaitility.await(line).atMost(TestBed.PATIENCE).until(() -> lines.contains(line));
  }

  private void assertDeploys(String commit) throws Exception {
    DeployRun run = bed.deploy(commit);
    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    assertThat(bed.servedCommit()).isEqualTo(commit);
  }

  private static List<String> inOrder(String first, int firsts, String second, int seconds) {
    List<String> expected = new ArrayList<>();
    IntStream.range(0, firsts).forEach(i -> expected.add(first + i));
    IntStream.range(0, seconds).forEach(i -> expected.add(second + i));
    return expected;
  }
}
