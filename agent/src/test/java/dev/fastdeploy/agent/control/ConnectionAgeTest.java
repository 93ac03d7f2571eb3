package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.control.v1.GetStatusRequest;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.WatchStatusRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection grows old; what is under way on it outlives that for as long as a deploy takes. */
class ConnectionAgeTest {

  /** The least that gRPC takes. */
  private static final ControlServer.Lifetimes SECOND =
      new ControlServer.Lifetimes(
          ControlServer.Lifetimes.USUAL.idle(), Duration.ofSeconds(1), Duration.ofSeconds(10));

  private @TempDir Path directory;

  @Test
  void aCallGoesOnWhereItsConnectionIsTooOldForOthers() throws Exception {
    try (Endpoint endpoint = new Endpoint(settings(Duration.ofHours(1)), SECOND);
        ControlClient client = ControlClient.withToken(endpoint.address(), "secret-1")) {
      Iterator<InstanceStatus> watch = watch(client);
      assertThat(watch.next().getInService()).isTrue();

      waitForASecondConnection(endpoint, client);

      endpoint.instance().unready("503");
      endpoint.instance().deployer().readinessChanged();
      assertThat(watch.next().getInService()).isFalse();
    }
  }

  @Test
  void butNotForEver() throws Exception {
    try (Endpoint endpoint = new Endpoint(settings(Duration.ofSeconds(1)), SECOND);
        ControlClient client = ControlClient.withToken(endpoint.address(), "secret-1")) {
      Iterator<InstanceStatus> watch = watch(client);
      assertThat(watch.next().getInService()).isTrue();

      assertThatThrownBy(watch::hasNext)
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              ended -> assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }
  }

  /** Calls until one has come by a new connection; the old one is still held by its watch. */
  private static void waitForASecondConnection(Endpoint endpoint, ControlClient client) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              client.control().getStatus(GetStatusRequest.getDefaultInstance());
              return endpoint.connections().count(Role.DEPLOY) == 2;
            });
  }

  private static Iterator<InstanceStatus> watch(ControlClient client) {
    return client.control().watchStatus(WatchStatusRequest.getDefaultInstance());
  }

  private ControlSettings settings(Duration longestDeploy) throws Exception {
    ControlSettings usual =
        Endpoint.loopback(Endpoint.secret(directory.resolve("tokens"), "secret-1\n"), null, null);
    return new ControlSettings(
        usual.address(),
        usual.tokenFile(),
        usual.readTokenFile(),
        usual.tls(),
        usual.deployIdentities(),
        usual.readIdentities(),
        longestDeploy);
  }
}
