package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The launcher where fractions of a second decide: nothing else may run on the machine. */
@Isolated
@Timeout(180)
class LauncherTimingIT extends OnEachJdk {

  private Path image;

  @BeforeEach
  void makeImage() throws IOException {
    image = Files.createDirectory(folder.resolve("image"));
  }

  @Test
  void termBetweenTwoServicesStartsNothingAgain() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--reload-exit-code", 41)
                .command(List.of("sh", "-c", "echo started; exit 41")));
    launcher.output().await(line -> line.equals("started"), TestBed.PATIENCE);
    // The next start comes 300 ms after this one. One that was begun as TERM came may still be
    // seen; a launcher that did not heed it would go on until the test's patience ends.
    launcher.signal(Signal.TERM);
    int started = launcher.output().stdout().size();

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).hasSizeLessThanOrEqualTo(started + 1);
  }

  @Test
  void aDescendantThatKeepsPrintingDoesNotKeepTheLauncher() throws Exception {
    LauncherProcess launcher =
        shell("(while :; do echo chatter; sleep 0.1; done) & echo up; exit 3");

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(3));
  }

  @Test
  void aGrandchildThatKeepsThePipeOpenDoesNotKeepTheLauncher() throws Exception {
    LauncherProcess launcher = shell("(sleep 600; echo late) & echo up");

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).contains("up");
  }

  private LauncherProcess shell(String script) throws IOException {
    return bed.start(bed.launcher(image, "c1").command(List.of("sh", "-c", script)));
  }
}
