package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.e2e.subject.IsolationSubject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent lives in somebody else's process, and is not noticed there whatever happens to it. */
@Timeout(120)
class IsolationIT extends OnOneJdk {

  @Test
  void aServiceWithTheSameLibrariesRunsUnchanged() throws Exception {
    Path image = Files.createDirectory(folder.resolve("image"));
    bed.start(
        bed.launcher(image, "c1")
            .option("--ready", "http:" + bed.port() + "/")
            .environment("PORT", "" + bed.port())
            .javaCommand(
                "-cp", System.getProperty("java.class.path"), IsolationSubject.class.getName()));
    Awaitility.await("the service answers")
        .atMost(TestBed.PATIENCE)
        .until(() -> !bed.servedCommit().isEmpty());
    bed.awaitEndpoint();

    assertThat(bed.servedCommit().lines())
        .contains(
            "logManager=OwnLogManager",
            "grpc=SERVING",
            "byteBuddy=made",
            "agentClassesVisible=false",
            "contextLoader=true")
        .anyMatch(line -> line.startsWith("grpcFrom=grpc-api-1.7"))
        .anyMatch(line -> line.startsWith("protobufFrom=protobuf-java-3."));
  }

  @Test
  void aTakenPortDoesNotStopTheService() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
      LauncherProcess launcher =
          serve(
              bed.demoLauncher(bed.demoRelease("c1"), "c1")
                  .option("--control-token-file", token)
                  .option("--control-listen", "127.0.0.1:" + taken.getLocalPort()));
      assertThat(
              launcher
                  .output()
                  .await(line -> line.contains("" + taken.getLocalPort()), TestBed.PATIENCE))
          .isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"--control-listen, nonsense", "--store, gopher://x", "--keep, many"})
  void aWrongConfigurationDoesNotStopTheService(String option, String value) throws Exception {
    LauncherProcess launcher =
        serve(bed.demoLauncher(bed.demoRelease("c1"), "c1").option(option, value));
    assertThat(
            launcher
                .output()
                .await(
                    line -> line.startsWith("fastdeploy: ") && line.contains("'" + value + "'"),
                    TestBed.PATIENCE))
        .isPresent();
  }

  @Test
  void aStoreThatCannotBeReachedDoesNotStopTheService() throws Exception {
    int closed = FreePorts.one();
    LauncherProcess launcher =
        bed.startServing(
            bed.demoLauncher(bed.demoRelease("c1"), "c1")
                .option("--store", "s3://bucket")
                .option("--store-endpoint", "http://127.0.0.1:" + closed)
                .environment("AWS_ACCESS_KEY_ID", "id")
                .environment("AWS_SECRET_ACCESS_KEY", "secret"),
            "c1");

    DeployRun run = bed.deploy("c2");

    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("FAILED");
    assertThat(run.outcome("reason").toString()).contains("127.0.0.1:" + closed);
    assertThat(bed.servedCommit()).isEqualTo("c1");
    assertThat(launcher.alive()).isTrue();
  }

  @Test
  void aHomeThatCannotBeWrittenDoesNotStopTheService() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    LauncherProcess launcher =
        serve(bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--home", file.resolve("home")));
    assertThat(launcher.alive()).isTrue();
  }

  @Test
  void aLauncherThatDiesEndsItsService() throws Exception {
    LauncherProcess launcher =
        bed.startServing(bed.demoLauncher(bed.demoRelease("c1"), "c1"), "c1");
    ProcessHandle service = launcher.descendants().get(0);
    launcher.signal(dev.fastdeploy.demo.process.Signal.KILL);

    Awaitility.await().atMost(TestBed.PATIENCE).until(() -> !service.isAlive());
  }

  @Test
  void aServiceThatIsStoppedWhileTheAgentStartsEndsAtOnce() throws Exception {
    LauncherProcess launcher = bed.start(bed.demoLauncher(bed.demoRelease("c1"), "c1"));
    // It serves before the agent has unpacked and started its libraries.
    bed.awaitServing("c1", launcher);
    launcher.signal(dev.fastdeploy.demo.process.Signal.TERM);

    assertThat(launcher.waitFor(java.time.Duration.ofSeconds(5)).orElseThrow()).isZero();
  }

  private LauncherProcess serve(LauncherProcess.Builder builder) throws IOException {
    LauncherProcess launcher = bed.start(builder);
    bed.awaitServing("c1", launcher);
    return launcher;
  }
}
