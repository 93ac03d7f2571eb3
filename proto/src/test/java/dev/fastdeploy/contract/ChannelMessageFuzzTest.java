package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Messages of any content, and lines of any bytes. {@code -Dfastdeploy.fuzz.seconds} makes it last
 * longer, {@code -Dfastdeploy.fuzz.seed} repeats a run.
 */
class ChannelMessageFuzzTest {

  private static final long SEED = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
  private static final int SECONDS = Integer.getInteger("fastdeploy.fuzz.seconds", 2);

  /** What messages, their encoding and their lines are made of, and what could break them. */
  private static final String ALPHABET =
      "abz019 =%+&;\n\r\t\0\u001b\u0085\u2028äß€😀\ufffd\ufeff\"'\\{}[]/-._~";

  private static final List<String> WORDS =
      List.of(
          "",
          "Hello",
          "pid=",
          "pid=1",
          "pid=-1",
          "pid=99999999999999999999",
          "version=",
          "reason=%",
          "reason=%zz",
          "lines=%0A",
          "probation=true",
          "commit",
          "=",
          "==",
          "commit==x");

  private final Random random = new Random(SEED);

  @Test
  void whatIsSaidIsUnderstoodAsItWasMeantAndTakesOneLine() {
    kinds().forEach(kind -> assertUnderstood(message(kind)));
    long end = System.nanoTime() + SECONDS * 500_000_000L;
    do {
      assertUnderstood(message());
    } while (System.nanoTime() < end);
  }

  private static void assertUnderstood(ChannelMessage message) {
    String line = message.line();

    assertThat(line).as("seed " + SEED).doesNotContain("\n", "\r");
    assertThat(ChannelMessage.parse(line)).as("seed " + SEED + ": " + line).contains(message);
  }

  @Test
  void anyOtherLineIsPassedOver() {
    long end = System.nanoTime() + SECONDS * 500_000_000L;
    do {
      String line = random.nextBoolean() ? text(200) : mutated();

      assertThatCode(
              () ->
                  ChannelMessage.parse(line)
                      .ifPresent(
                          message ->
                              assertThat(ChannelMessage.parse(message.line())).contains(message)))
          .as("seed " + SEED + ": " + line)
          .doesNotThrowAnyException();
    } while (System.nanoTime() < end);
  }

  /** Each kind of message that there is. */
  private static List<Class<?>> kinds() {
    return List.of(ChannelMessage.class.getPermittedSubclasses());
  }

  private ChannelMessage message() {
    return message(kinds().get(random.nextInt(kinds().size())));
  }

  private ChannelMessage message(Class<?> kind) {
    try {
      List<Class<?>> types = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      for (RecordComponent component : kind.getRecordComponents()) {
        types.add(component.getType());
        values.add(value(component.getType()));
      }
      return (ChannelMessage)
          kind.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values.toArray());
    } catch (ReflectiveOperationException failure) {
      throw new LinkageError(kind + " cannot be made", failure);
    }
  }

  private Object value(Class<?> type) {
    if (type == long.class) {
      return random.nextLong();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return text(random.nextInt(4) == 0 ? 300 : 40);
    } else if (type == List.class) {
      return lines();
    }
    throw new AssertionError("no value of " + type + " is made here");
  }

  /** No line has a line end, and a message that is one empty line is none. */
  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      lines.add("x" + text(100).replace("\n", ""));
    }
    return lines;
  }

  private String text(int longest) {
    int[] characters = ALPHABET.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  private String mutated() {
    StringBuilder line = new StringBuilder(word());
    for (int i = random.nextInt(5); i > 0; i--) {
      line.append(random.nextInt(4) == 0 ? text(3) : " ")
          .append(word())
          .append(random.nextInt(4) == 0 ? text(10) : "");
    }
    return line.toString();
  }

  /** Of messages, and what could be taken for a part of one. */
  private String word() {
    if (random.nextBoolean()) {
      return WORDS.get(random.nextInt(WORDS.size()));
    }
    String line = message().line();
    int end = line.indexOf(' ');
    return end < 0 ? line : line.substring(0, end);
  }
}
