package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An instance that keeps its own address where its fleet is listed. */
@Timeout(180)
class RegisterIT extends OnOneJdk {

  private static final String KEY = "fleet:shop";

  @Test
  void itIsListedThroughADeployAndNotAfterItsStop() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef\n");
    String address = "127.0.0.1:" + FreePorts.one();
    bed.publish(bed.demoRelease("c2"), "c2");
    try (RedisProcess redis = RedisProcess.start(folder)) {
      LauncherProcess launcher =
          bed.start(
              bed.demoLauncher(bed.demoRelease("c1"), "c1")
                  .option("--control-listen", address)
                  .option("--control-token-file", token)
                  .option("--register", redis.set(KEY)));
      bed.awaitServing("c1", launcher);
      awaitListed(redis, address);
      Awaitility.await("control endpoint")
          .atMost(TestBed.PATIENCE)
          .until(() -> run("status", address, token).exitCode() == 0);

      CommandResult deploy = run("deploy", address, token, "c2");

      assertThat(deploy.exitCode()).as(deploy.toString()).isZero();
      assertThat(bed.servedCommit()).isEqualTo("c2");
      assertThat(redis.ask("ZRANGE", KEY, "0", "-1")).containsExactly(address);

      launcher.signal(Signal.TERM);

      assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
      awaitListed(redis);
    }
  }

  @Test
  void aRegisterThatIsDownIsSaidInALineAndStopsNobody() throws Exception {
    Path image = Files.createDirectory(folder.resolve("image"));
    String register = "127.0.0.1:" + FreePorts.one();
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--control-listen", "0.0.0.0:7400")
                .option("--register", "redis://" + register + "/" + KEY)
                .command(
                    List.of(
                        "sh",
                        "-c",
                        "echo served; until [ -e ../go ]; do sleep 0.1; done; exit 7")));
    Awaitility.await("what is said of the register")
        .atMost(TestBed.PATIENCE)
        .until(() -> !ofRegister(launcher).isEmpty());
    Files.createFile(folder.resolve("go"));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(7));

    assertThat(launcher.output().stdout()).containsExactly("served");
    assertThat(ofRegister(launcher))
        .singleElement()
        .asString()
        .startsWith("fastdeploy: this instance is not registered at " + register + ": ");
  }

  private static List<String> ofRegister(LauncherProcess launcher) {
    return launcher.output().stderr().stream()
        .filter(line -> line.contains("not registered"))
        .toList();
  }

  private static void awaitListed(RedisProcess redis, String... addresses) {
    Awaitility.await("entries of the set")
        .atMost(TestBed.PATIENCE)
        .untilAsserted(
            () -> assertThat(redis.ask("ZRANGE", KEY, "0", "-1")).containsExactly(addresses));
  }

  private CommandResult run(String command, String address, Path token, String... more)
      throws Exception {
    List<Object> words =
        new ArrayList<>(List.of(command, "--target", address, "--control-token-file", token));
    words.addAll(List.of(more));
    return bed.run(words.toArray());
  }
}
