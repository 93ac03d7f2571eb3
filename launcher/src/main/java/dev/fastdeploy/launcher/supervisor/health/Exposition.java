package dev.fastdeploy.launcher.supervisor.health;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the text format of Prometheus, version 0.0.4. The samples of a metric must follow each
 * other. Not thread-safe.
 */
final class Exposition {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final int MILLIS_SCALE = 3;

  private final StringBuilder text = new StringBuilder(2048);
  private final Set<Metric> begun = EnumSet.noneOf(Metric.class);

  /** Appends a whole number. */
  Exposition sample(Metric metric, long value, String... labelValues) {
    return sample(metric, Long.toString(value), labelValues);
  }

  /** Appends 1 or 0. */
  Exposition flag(Metric metric, boolean value, String... labelValues) {
    return sample(metric, value ? 1 : 0, labelValues);
  }

  /** Appends milliseconds as seconds. */
  Exposition seconds(Metric metric, long millis, String... labelValues) {
    return sample(metric, BigDecimal.valueOf(millis, MILLIS_SCALE).toPlainString(), labelValues);
  }

  private Exposition sample(Metric metric, String value, String... labelValues) {
    if (begun.add(metric)) {
      begin(metric);
    }
    text.append(metric.fullName());
    appendLabels(metric.labels(), labelValues);
    text.append(' ').append(value).append('\n');
    return this;
  }

  private void begin(Metric metric) {
    text.append("# HELP ")
        .append(metric.fullName())
        .append(' ')
        .append(metric.help().replace("\\", "\\\\").replace("\n", "\\n"))
        .append("\n# TYPE ")
        .append(metric.fullName())
        .append(' ')
        .append(metric.type().label())
        .append('\n');
  }

  private void appendLabels(List<String> names, String... values) {
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? '{' : ',')
          .append(names.get(i))
          .append("=\"")
          .append(escaped(values[i]))
          .append('"');
    }
    if (!names.isEmpty()) {
      text.append('}');
    }
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
