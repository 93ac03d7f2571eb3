package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.LauncherSide;
import dev.fastdeploy.agent.testing.ServiceFixture;
import dev.fastdeploy.agent.testing.SmallRuntime;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Refusal;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in a Java runtime that has nothing but what the agent itself needs. */
class SmallRuntimeProcessTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir Path root;

  static Stream<JavaHome> jdks() {
    return JavaHome.each();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void deploysAndSaysWhichModulesTheRestNeeds(JavaHome jdk) throws Exception {
    JavaHome small = SmallRuntime.of(jdk, root.resolve("runtime"), "java.base", "java.instrument");
    ServiceFixture service = new ServiceFixture(root);
    try (LauncherSide launcher =
            LauncherSide.listen(service.channel(), LauncherSide::acknowledging);
        Jvm jvm =
            service.start(
                small, "ready.after=1s,strategies=module,app=svc,store=s3://bucket/x", "");
        ControlClient client = ControlClient.of(service.address())) {
      await()
          .atMost(LONG)
          .failFast("the service ended", () -> !jvm.alive())
          .until(
              () ->
                  launcher.received(ChannelMessage.Ready.class)
                      && launcher.received(ChannelMessage.Listening.class));

      assertThat(jvm.err())
          .satisfiesExactly(
              line -> assertThat(line).contains("'module' is not prepared", "java.management"),
              line -> assertThat(line).contains("the store", "java.xml"));
      Outcome noModule = refusal(client, request("d1", "bbb", 10).setStrategy("module").build());
      assertThat(noModule.getRefusal()).isEqualTo(Refusal.REFUSAL_UNKNOWN_STRATEGY);
      assertThat(noModule.getReason()).contains("java.management", "--add-modules");
      Outcome noStore = refusal(client, request("d2", "ccc", 11).build());
      assertThat(noStore.getRefusal()).isEqualTo(Refusal.REFUSAL_NO_STORE);
      assertThat(noStore.getReason()).contains("java.xml", "--add-modules");

      Iterator<DeployEvent> events = client.control().deploy(request("d3", "bbb", 12).build());
      assertThatThrownBy(() -> events.forEachRemaining(event -> {}))
          .isInstanceOf(StatusRuntimeException.class);
      assertThat(jvm.exitCode()).isEqualTo(75);
      assertThat(released(service.home())).isEqualTo(ServiceFixture.NEXT.id());
    }
  }

  private static Outcome refusal(ControlClient client, DeployRequest request) {
    DeployEvent only = client.control().deploy(request).next();
    return only.getOutcome();
  }

  private static DeployRequest.Builder request(String id, String commit, long sequence) {
    return DeployRequest.newBuilder().setDeployId(id).setCommit(commit).setSequence(sequence);
  }

  private static String released(Home home) throws Exception {
    return Files.readSymbolicLink(home.current()).getFileName().toString();
  }
}
