package dev.fastdeploy.benchmarks.sample;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A sample as JSON, and back. */
final class SampleJson {

  private SampleJson() {}

  /** The sample as a JSON object's content; empty texts are left out. */
  static Map<String, Object> write(Sample sample) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("benchmark", sample.benchmark());
    object.put("parameters", sample.parameters());
    object.put("number", sample.number());
    Map<String, Object> figures = new LinkedHashMap<>();
    sample.figures().forEach((figure, value) -> figures.put(figure.key(), value));
    object.put("figures", figures);
    putText(object, "refusal", sample.refusal());
    putText(object, "failure", sample.failure());
    putText(object, "note", sample.note());
    return object;
  }

  private static void putText(Map<String, Object> object, String name, String text) {
    if (!text.isEmpty()) {
      object.put(name, text);
    }
  }

  /** The sample on one line. */
  static String line(Sample sample) {
    try {
      return JSON.std.asString(write(sample));
    } catch (IOException impossible) {
      throw new IllegalStateException("writing JSON to memory failed", impossible);
    }
  }

  /**
   * Reads a sample.
   *
   * @throws IOException if it is none
   */
  static Sample read(Map<?, ?> object) throws IOException {
    if (!(object.get("benchmark") instanceof String benchmark)
        || !(object.get("number") instanceof Number number)
        || !(object.get("parameters") instanceof Map<?, ?> parameters)
        || !(object.get("figures") instanceof Map<?, ?> figures)) {
      throw new IOException("this is not a sample: " + object);
    }
    TreeMap<String, String> texts = new TreeMap<>();
    parameters.forEach((name, value) -> texts.put((String) name, (String) value));
    Map<Figure, Double> values = new EnumMap<>(Figure.class);
    figures.forEach(
        (name, value) -> values.put(Figure.of((String) name), ((Number) value).doubleValue()));
    return new Sample(
        benchmark,
        texts,
        number.intValue(),
        values,
        text(object, "refusal"),
        text(object, "failure"),
        text(object, "note"));
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }
}
