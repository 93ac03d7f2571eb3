package dev.fastdeploy.benchmarks.simulation.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restart times as a file of JSON, which the suite writes and the simulation reads:
 *
 * <pre>{@code
 * {
 *   "source": "process strategy, Spring Boot 4, JDK 17.0.15, 2 cores, 2026-11-24",
 *   "stageMillis": [812.4, 790.1, 845.0],
 *   "restartMillis": [4390.2, 4411.7, 4402.9]
 * }
 * }</pre>
 *
 * <p>Each list holds measurements in milliseconds, at least one, none negative or longer than an
 * hour. {@code stageMillis} is from the order to the release being laid out, {@code restartMillis}
 * from the end of the old code, with no work in flight, to the first answer of the new. Other keys
 * are ignored.
 */
public final class RestartTimesFile {

  private static final double LONGEST = Duration.ofHours(1).toMillis();

  private RestartTimesFile() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if the file holds no restart times; the message is for users
   * @throws IOException if it cannot be read; the message is for users
   */
  public static RestartTimes read(Path file) throws IOException {
    Map<?, ?> content = content(file);
    Object source = content.get("source");
    if (!(source instanceof String text) || text.isBlank() || text.contains("\n")) {
      throw wrong(file, "\"source\" must be one line that says where the figures come from");
    }
    return new RestartTimes(
        RestartTimes.Origin.MEASURED,
        text,
        samples(file, content, "stageMillis"),
        samples(file, content, "restartMillis"));
  }

  /**
   * Writes measurements.
   *
   * @param source where they come from, in one line
   * @param stageMillis at least one
   * @param restartMillis at least one
   * @throws IOException if the file cannot be written
   */
  public static void write(
      Path file, String source, List<Double> stageMillis, List<Double> restartMillis)
      throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("source", source);
    content.put("stageMillis", stageMillis);
    content.put("restartMillis", restartMillis);
    Files.writeString(
        file, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(content) + "\n");
  }

  private static Map<?, ?> content(Path file) throws IOException {
    try {
      Object content = JSON.std.anyFrom(Files.readString(file));
      if (content instanceof Map<?, ?> map) {
        return map;
      }
    } catch (NoSuchFileException absent) {
      throw new IOException("there is no file '" + file + "' of restart times", absent);
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException("'" + file + "' is not JSON", notJson);
    } catch (IOException unreadable) {
      throw new IOException("'" + file + "' cannot be read as text", unreadable);
    }
    throw wrong(file, "it must hold one object");
  }

  private static Distribution samples(Path file, Map<?, ?> content, String key) {
    if (!(content.get(key) instanceof List<?> list) || list.isEmpty()) {
      throw wrong(file, "\"" + key + "\" must be a list of at least one time in milliseconds");
    }
    List<Long> millis = new ArrayList<>();
    for (Object one : list) {
      millis.add(millis(file, key, one));
    }
    return new Distribution.Samples(millis.stream().sorted().toList());
  }

  private static long millis(Path file, String key, @Nullable Object value) {
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= LONGEST) {
      return Math.round(number.doubleValue());
    }
    throw wrong(
        file, "\"" + key + "\" holds '" + value + "', which is not a time from 0 to 3600000 ms");
  }

  private static IllegalArgumentException wrong(Path file, String reason) {
    return new IllegalArgumentException("'" + file + "' holds no restart times: " + reason);
  }
}
