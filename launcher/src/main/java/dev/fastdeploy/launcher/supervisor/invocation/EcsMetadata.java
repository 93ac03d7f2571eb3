package dev.fastdeploy.launcher.supervisor.invocation;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.supervisor.output.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The task metadata that Amazon ECS gives a container, read once from the task metadata endpoint
 * version 4. Every field is optional; a container elsewhere has no endpoint and loses no time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html">Task
 *     metadata endpoint version 4</a>
 */
public final class EcsMetadata {

  private static final String ENDPOINT = "ECS_CONTAINER_METADATA_URI_V4";
  private static final String PREFIX = "FASTDEPLOY_";
  private static final int LONGEST_ANSWER = 1024 * 1024;

  /** The fields that are passed on, by their name in the response. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "TaskARN", PREFIX + "ECS_TASK_ARN",
          "Cluster", PREFIX + "ECS_CLUSTER",
          "Family", PREFIX + "ECS_FAMILY",
          "Revision", PREFIX + "ECS_REVISION",
          "ServiceName", PREFIX + "ECS_SERVICE",
          "AvailabilityZone", PREFIX + "ECS_AVAILABILITY_ZONE",
          "LaunchType", PREFIX + "ECS_LAUNCH_TYPE");

  private EcsMetadata() {}

  /**
   * Returns the environment variables that tell a service about its task.
   *
   * @param environment the launcher's own
   * @param timeout for the connection, and again for the response; zero to ask for nothing
   * @return an empty map outside of ECS, or with a line on stderr if the endpoint fails
   */
  public static Map<String, String> read(Map<String, String> environment, Duration timeout) {
    String endpoint = environment.get(ENDPOINT);
    // Zero would mean no timeout at all to the JDK.
    if (endpoint == null || endpoint.isEmpty() || timeout.isZero()) {
      return Map.of();
    }
    try {
      return variables(get(new URL(endpoint + "/task"), timeout));
    } catch (IOException failure) {
      Diagnostics.say(
          "the ECS metadata at "
              + endpoint
              + "/task cannot be read ("
              + Diagnostics.reason(failure)
              + "); the service starts without it");
      return Map.of();
    }
  }

  /** Returns the task's zone; empty if unknown. */
  public static String zone(Map<String, String> variables) {
    return variables.getOrDefault(PREFIX + "ECS_AVAILABILITY_ZONE", "");
  }

  static Map<String, String> variables(String answer) {
    Map<String, String> variables = new LinkedHashMap<>();
    Json.strings(answer)
        .forEach(
            (field, value) -> {
              if (VARIABLES.containsKey(field)) {
                variables.put(VARIABLES.get(field), value);
              }
            });
    return variables;
  }

  /**
   * Returns the variables as fields of a log: {@code ecs_task_arn} and so on.
   *
   * @param variables the result of {@link #read}
   */
  public static Map<String, String> logFields(Map<String, String> variables) {
    Map<String, String> fields = new TreeMap<>();
    variables.forEach(
        (name, value) ->
            fields.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), value));
    return fields;
  }

  private static String get(URL url, Duration timeout) throws IOException {
    if (!url.getProtocol().equals("http")) {
      throw new MalformedURLException("only http is spoken there");
    }
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
    connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
