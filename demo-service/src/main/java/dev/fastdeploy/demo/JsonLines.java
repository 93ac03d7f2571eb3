package dev.fastdeploy.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what the command prints with {@code --json}: one object per line. */
final class JsonLines {

  private JsonLines() {}

  /**
   * Returns the objects, in order.
   *
   * @throws IOException if a line is not a JSON object
   */
  static List<Map<String, Object>> read(List<String> lines) throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (String line : lines) {
      try {
        objects.add(JSON.std.mapFrom(line));
      } catch (IOException malformed) {
        throw new IOException("the command printed what is no JSON object: " + line, malformed);
      }
    }
    return objects;
  }

  /** Returns a field's text; empty if it has none. */
  static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }

  /** Returns a field's number; 0 if it has none. */
  static long number(Map<?, ?> object, String name) {
    return object.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
