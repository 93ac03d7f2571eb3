package dev.fastdeploy.launcher.supervisor.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcsMetadataTest {

  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The shape of the documentation's example, with what must not be confused. */
  private static final String TASK =
      """
      {"Cluster": "default", "TaskARN": "arn:aws:ecs:us-west-2:111122223333:task/default/158d1c8",
       "Family": "cu\\u0072l\\"tt", "Revision": "26", "DesiredStatus": "RUNNING",
       "Limits": {"CPU": 0.25, "Memory": 512, "Family": "nested"},
       "Containers": [{"Name": "x", "Cluster": "nested"}, "Cluster"],
       "AvailabilityZone": "us-west-2d", "LaunchType": null}
      """;

  @Test
  void theTasksFieldsBecomeVariables() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v4/abc/task",
        exchange -> {
          byte[] body = TASK.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      assertThat(read("http://127.0.0.1:" + server.getAddress().getPort() + "/v4/abc", PATIENCE))
          .containsOnly(
              entry("FASTDEPLOY_ECS_CLUSTER", "default"),
              entry(
                  "FASTDEPLOY_ECS_TASK_ARN",
                  "arn:aws:ecs:us-west-2:111122223333:task/default/158d1c8"),
              entry("FASTDEPLOY_ECS_FAMILY", "curl\"tt"),
              entry("FASTDEPLOY_ECS_REVISION", "26"),
              entry("FASTDEPLOY_ECS_AVAILABILITY_ZONE", "us-west-2d"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theVariablesAreFieldsOfALogToo() {
    assertThat(EcsMetadata.logFields(EcsMetadata.variables(TASK)))
        .contains(
            entry("ecs_task_arn", "arn:aws:ecs:us-west-2:111122223333:task/default/158d1c8"),
            entry("ecs_availability_zone", "us-west-2d"))
        .hasSize(5);
  }

  @Test
  void elsewhereNothingIsAsked() {
    assertThat(EcsMetadata.read(Map.of(), TIMEOUT)).isEmpty();
  }

  @Test
  void anEndpointThatDoesNotAnswerCostsItsTimeoutAndNothingElse() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(read("http://127.0.0.1:" + silent.getLocalPort())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "http://127.0.0.1:1", "file:///etc/passwd"})
  void anEndpointThatIsNoneIsPassedOver(String endpoint) {
    assertThat(read(endpoint)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"Cluster\"", "{\"Cluster\"", "{\"Cluster\":{}}", "<html>"})
  void anAnswerOfAnotherShapeHasNoFields(String answer) {
    assertThat(EcsMetadata.variables(answer)).isEmpty();
  }

  private static Map<String, String> read(String endpoint) {
    return read(endpoint, TIMEOUT);
  }

  private static Map<String, String> read(String endpoint, Duration timeout) {
    return EcsMetadata.read(Map.of("ECS_CONTAINER_METADATA_URI_V4", endpoint), timeout);
  }
}
