package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How variables, and by them the agent, get into the service, and which JVM is the service. */
@Timeout(120)
class ServiceEnvironmentIT extends OnOneJdk {

  private static final Path ENTRYPOINT =
      Path.of("..", "launcher", "src", "main", "entrypoint", "fastdeploy-entrypoint.sh");

  /** The words behind it are the java program, the service's port, and a port for a helper. */
  private static final String SERVICE =
      "\"$1\" -cp " + ReleaseBuilder.JAR + " " + ReleaseBuilder.MAIN_CLASS + " --port ";

  @Test
  void aScriptThatRunsAHelperAndBecomesTheServiceIsDeployedTo() throws Exception {
    LauncherProcess launcher = startScript("\"$1\" -version\nexec " + SERVICE + "\"$2\"\n");

    assertThat(launcher.output().stderr())
        .anyMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS"));
    assertDeploysTo("c2");
    launcher.signal(Signal.TERM);
    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stderr())
        .noneMatch(line -> line.contains("the agent does not run"));
  }

  @Test
  void aHelperThatWasTakenForTheServiceMakesPlaceForIt() throws Exception {
    startScript(
        SERVICE
            + "\"$3\" & helper=$!\n"
            + "until [ -S \"$FASTDEPLOY_HOME/fastdeploy/run/control.sock\" ]; do sleep 0.05; done\n"
            + "kill $helper; wait $helper\n"
            + "exec "
            + SERVICE
            + "\"$2\"\n");

    assertDeploysTo("c2");
  }

  @Test
  void aScriptThatStaysIsDeployedToAndGetsTheSignalsAlone() throws Exception {
    LauncherProcess launcher =
        startScript(
            "\"$1\" -version\n" + SERVICE + "\"$2\"\ncode=$?\necho after $code\nexit 3\n",
            Map.of("--reload-exit-code", 41));

    assertDeploysTo("c2");
    assertThat(launcher.output().stdout()).contains("after 41");
    launcher.signal(Signal.TERM);

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    Awaitility.await("the JVM that the script left behind ends without its launcher")
        .atMost(TestBed.PATIENCE)
        .until(() -> launcher.descendants().isEmpty());
  }

  @Test
  void theEntrypointKeepsInjectedOptionsForTheService() throws Exception {
    int debugPort = FreePorts.one();
    Path image = bed.demoRelease("c1");
    bed.publish(bed.demoRelease("c2"), "c2");
    List<String> command =
        List.of(
            "sh",
            ENTRYPOINT.toString(),
            "--home",
            bed.home().toString(),
            "--release",
            image.toString(),
            "--commit",
            "c1",
            "--store",
            bed.store().toString(),
            "--app",
            "shop",
            "--soak",
            "300ms",
            "--ready",
            "http:" + bed.port() + "/health",
            "--",
            jdk.java().toString(),
            "-cp",
            ReleaseBuilder.JAR,
            ReleaseBuilder.MAIN_CLASS,
            "--port",
            "" + bed.port());
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            jdk.home().toString(),
            "FASTDEPLOY_JAR",
            BuildOutput.own().fastdeployJar().toString(),
            "JAVA_TOOL_OPTIONS",
            "-XX:+UseG1GC -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:"
                + debugPort);
    try (ChildProcess launcher = ChildProcess.start(command, environment, null)) {
      Awaitility.await("serving")
          .atMost(TestBed.PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> bed.servedCommit().equals("c1") || !launcher.alive());
      bed.awaitEndpoint();

      assertDeploysTo("c2");

      assertThat(launcher.output().stderr())
          .noneMatch(line -> line.contains("hit the launcher's own JVM"));
      assertThat(launcher.output().stdout())
          .filteredOn(line -> line.startsWith("Listening for transport dt_socket"))
          .hasSize(2);
    }
  }

  @Test
  void aLauncherThatIsHitByInjectedOptionsSaysSo() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(Files.createDirectory(folder.resolve("image")), "c1")
                .environment("JAVA_TOOL_OPTIONS", "-Dx=1")
                .command(List.of("sh", "-c", "echo $JAVA_TOOL_OPTIONS")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).containsExactly("-Dx=1");
    assertThat(launcher.output().stderr())
        .filteredOn(line -> line.startsWith("fastdeploy: "))
        .singleElement()
        .asString()
        .contains("JAVA_TOOL_OPTIONS has hit the launcher's own JVM");
  }

  @Test
  void variablesAreReadAtEachStart() throws Exception {
    Path file = Files.writeString(folder.resolve("env"), "MODE=one\nBUILD=file\n");
    LauncherProcess launcher =
        bed.start(
            bed.launcher(Files.createDirectory(folder.resolve("image")), "c1")
                .environment("MODE", "launcher")
                .option("--reload-exit-code", 41)
                .option("--env-file", file)
                .option("--set-env", "BUILD={commit} in {release}")
                .command(
                    List.of(
                        "sh",
                        "-c",
                        "echo \"$MODE $BUILD\"; [ $MODE = two ] && exit 0;"
                            + " echo MODE=two > ../env; exit 41")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    Path image = folder.resolve("image").toRealPath();
    assertThat(launcher.output().stdout())
        .containsExactly("one c1 in " + image, "two c1 in " + image);
  }

  @Test
  void aFileThatIsBadFromTheStartEndsTheLauncher() throws Exception {
    Path file = Files.writeString(folder.resolve("env"), "MODE=one\nnonsense\n");
    LauncherProcess launcher =
        bed.start(
            bed.launcher(Files.createDirectory(folder.resolve("image")), "c1")
                .option("--env-file", file)
                .command(List.of("sh", "-c", "echo started")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(1));
    assertThat(launcher.output().stdout()).isEmpty();
    assertThat(launcher.output().stderr())
        .singleElement()
        .asString()
        .contains("the env file '" + file + "', line 2");
  }

  private LauncherProcess startScript(String lines) throws Exception {
    return startScript(lines, Map.of());
  }

  private LauncherProcess startScript(String lines, Map<String, Integer> options) throws Exception {
    Path script = Files.writeString(folder.resolve("start.sh"), "#!/bin/sh\n" + lines);
    Path image = bed.demoRelease("c1");
    bed.publish(bed.demoRelease("c2"), "c2");
    LauncherProcess.Builder launcher =
        bed.launcher(image, "c1")
            .option("--agent-via", "env")
            .option("--ready", "http:" + bed.port() + "/health")
            .option("--ready-timeout", "30s")
            .command(
                List.of(
                    "sh",
                    script.toString(),
                    jdk.java().toString(),
                    "" + bed.port(),
                    "" + FreePorts.one()));
    options.forEach(launcher::option);
    return bed.startServing(launcher, "c1");
  }

  private void assertDeploysTo(String commit) throws Exception {
    DeployRun run = bed.deploy(commit);
    assertThat(run.exitCode()).as(run::toString).isZero();
    assertThat(bed.servedCommit()).isEqualTo(commit);
  }
}
