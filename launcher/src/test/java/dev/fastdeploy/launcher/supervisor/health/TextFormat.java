package dev.fastdeploy.launcher.supervisor.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text format 0.0.4 of Prometheus and fails on whatever it does not allow, also on what
 * servers let pass: samples without HELP and TYPE, or away from those of the same metric.
 */
final class TextFormat {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.+)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (counter|gauge)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? (\\d+(?:\\.\\d+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  private final Map<String, BigDecimal> samples = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Set<String> helped = new HashSet<>();
  private @Nullable String family;

  private TextFormat() {}

  /** Each series with its labels, unescaped and in their order, and its value. */
  static Map<String, BigDecimal> samples(String text) {
    return parsed(text).samples;
  }

  /** Each metric's type. */
  static Map<String, String> types(String text) {
    return parsed(text).types;
  }

  private static TextFormat parsed(String text) {
    assertThat(text).endsWith("\n").doesNotContain("\r");
    TextFormat format = new TextFormat();
    for (String line : List.of(text.substring(0, text.length() - 1).split("\n", -1))) {
      format.line(line);
    }
    return format;
  }

  private void line(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    if (help.matches()) {
      assertThat(helped.add(help.group(1))).as("a second " + line).isTrue();
      assertThat(help.group(2).replaceAll("\\\\[\\\\n]", "")).as(line).doesNotContain("\\");
      family = help.group(1);
    } else if (type.matches()) {
      assertThat(family).as("HELP before " + line).isEqualTo(type.group(1));
      assertThat(types.put(type.group(1), type.group(2))).as("a second " + line).isNull();
      assertThat(type.group(2).equals("counter")).isEqualTo(type.group(1).endsWith("_total"));
    } else {
      sample(line);
    }
  }

  private void sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a sample: " + line).isTrue();
    assertThat(sample.group(1)).as("TYPE before " + line).isEqualTo(family);
    assertThat(types).containsKey(sample.group(1));
    String series = sample.group(1) + labels(sample.group(2), line);
    assertThat(samples.put(series, new BigDecimal(sample.group(3)))).as("twice: " + line).isNull();
  }

  private static String labels(@Nullable String text, String line) {
    if (text == null) {
      return "";
    }
    StringBuilder labels = new StringBuilder("{");
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (end < text.length()) {
      assertThat(label.find(end)).as("labels of " + line).isTrue();
      assertThat(label.start()).as("labels of " + line).isEqualTo(end);
      labels.append(label.group(1)).append('=').append(unescaped(label.group(2)));
      labels.append(label.group(3));
      end = label.end();
    }
    return labels.append('}').toString();
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (next == '\\') {
        i++;
        next = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
      }
      text.append(next);
    }
    return text.toString();
  }
}
