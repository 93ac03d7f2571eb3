package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.LauncherSide;
import dev.fastdeploy.agent.testing.ServiceFixture;
import dev.fastdeploy.contract.ChannelMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that came by the environment is in each JVM of a start script; one is the service. */
class AdoptionProcessTest {

  private static final Duration LONG = Duration.ofSeconds(40);
  private static final String BY_ENVIRONMENT = "ready.after=1s,agent.via=env";

  private @TempDir Path root;
  private ServiceFixture service;

  @BeforeEach
  void setUp() throws Exception {
    service = new ServiceFixture(root);
  }

  @Test
  void whoIsNotTakenForTheServiceStaysOutOfTheWay() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(service.channel(), message -> null);
        Jvm jvm = service.start(JavaHome.running(), BY_ENVIRONMENT, "")) {
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Hello.class));

      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.said()).isEmpty();
      assertThat(launcher.received()).hasSize(1);
      assertThat(Files.exists(service.home().controlSocket())).isFalse();
    }
  }

  @Test
  void whoIsNotTakenForTheServiceLivesOnWithoutTheLauncher() throws Exception {
    try (LauncherSide launcher = LauncherSide.listen(service.channel(), message -> null);
        Jvm jvm = service.start(JavaHome.running(), BY_ENVIRONMENT, "")) {
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Hello.class));

      launcher.die();
      await().atMost(LONG).until(() -> !launcher.connected());
      service.end();

      assertThat(jvm.exitCode()).isZero();
    }
  }

  @Test
  void whoIsTakenForTheServiceListens() throws Exception {
    try (LauncherSide launcher =
            LauncherSide.listen(
                service.channel(),
                message ->
                    message instanceof ChannelMessage.Hello ? new ChannelMessage.Adopted() : null);
        Jvm jvm = service.start(JavaHome.running(), BY_ENVIRONMENT, "")) {
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Listening.class));

      launcher.die();

      assertThat(jvm.exitCode()).isEqualTo(143);
    }
  }
}
