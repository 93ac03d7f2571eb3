package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
          "hello",
          "listening",
          "ready",
          "unready",
          "reload",
          "runs",
          "ask-last-lines",
          "last-lines",
          "adopted",
          "acknowledged",
          "declined",
          "stopping",
          "state",
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
    long end = System.nanoTime() + SECONDS * 500_000_000L;
    do {
      ChannelMessage message = message();

      String line = message.line();

      assertThat(line).as("seed " + SEED).doesNotContain("\n", "\r");
      assertThat(ChannelMessage.parse(line)).as("seed " + SEED + ": " + line).contains(message);
    } while (System.nanoTime() < end);
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

  private ChannelMessage message() {
    return switch (random.nextInt(13)) {
      case 0 -> new ChannelMessage.Hello(random.nextLong(), text(30));
      case 1 -> new ChannelMessage.Listening(text(60));
      case 2 -> new ChannelMessage.Ready();
      case 3 -> new ChannelMessage.Unready(text(300));
      case 4 -> new ChannelMessage.Reload(text(40), text(40));
      case 5 -> new ChannelMessage.Runs(text(40), random.nextBoolean());
      case 6 -> new ChannelMessage.AskLastLines();
      case 7 -> new ChannelMessage.LastLines(lines());
      case 8 -> new ChannelMessage.Adopted();
      case 9 -> new ChannelMessage.Acknowledged();
      case 10 -> new ChannelMessage.Declined(text(300));
      case 11 -> new ChannelMessage.Stopping();
      default -> new ChannelMessage.StateChanged();
    };
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
    StringBuilder line = new StringBuilder(WORDS.get(random.nextInt(WORDS.size())));
    for (int i = random.nextInt(5); i > 0; i--) {
      line.append(random.nextInt(4) == 0 ? text(3) : " ")
          .append(WORDS.get(random.nextInt(WORDS.size())))
          .append(random.nextInt(4) == 0 ? text(10) : "");
    }
    return line.toString();
  }
}
