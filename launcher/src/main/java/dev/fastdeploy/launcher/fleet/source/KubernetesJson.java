package dev.fastdeploy.launcher.fleet.source;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an API server's answer, which may be absent. */
record KubernetesJson(@Nullable Object value) {

  /**
   * Reads an answer.
   *
   * @throws IOException if it is incomplete
   */
  static KubernetesJson parse(String json) throws IOException {
    try {
      return new KubernetesJson(JSON.std.anyFrom(json));
    } catch (IOException broken) {
      throw new IOException("the API server's answer is incomplete or not JSON", broken);
    }
  }

  KubernetesJson at(String key) {
    return new KubernetesJson(value instanceof Map<?, ?> fields ? fields.get(key) : null);
  }

  String text(String key) {
    return at(key).value() instanceof String text ? text : "";
  }

  /** Returns a number, or 0 if there is none, since the server omits zeros. */
  long number(String key) {
    return at(key).value() instanceof Number number ? number.longValue() : 0;
  }

  /** Returns whether it has all entries of another, with the same values. */
  boolean hasAllOf(KubernetesJson other) {
    return value instanceof Map<?, ?> mine
        && other.value() instanceof Map<?, ?> all
        && !all.isEmpty()
        && mine.entrySet().containsAll(all.entrySet());
  }

  List<KubernetesJson> items(String key) throws IOException {
    Object items = at(key).value();
    if (items == null) {
      return List.of();
    }
    if (!(items instanceof List<?> list)) {
      throw new IOException("the API server's answer has no list '" + key + "'");
    }
    List<KubernetesJson> nodes = new ArrayList<>();
    list.forEach(item -> nodes.add(new KubernetesJson(item)));
    return nodes;
  }
}
