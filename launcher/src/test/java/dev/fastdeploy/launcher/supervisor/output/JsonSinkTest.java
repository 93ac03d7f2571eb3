package dev.fastdeploy.launcher.supervisor.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.contract.Commit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSinkTest {

  private static final Instant AT = Instant.parse("2026-11-24T12:30:00.050999Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicReference<Commit> commit = new AtomicReference<>(new Commit("c1"));

  /** Nobody comes for what waits: how fast the test is makes no difference. */
  private final JsonSink sink = sink(new WaitingLines(task -> {}));

  private JsonSink sink(WaitingLines waiting) {
    return new JsonSink(
        new LogOutput(out),
        new JsonLine(Map.of("ecs_task_arn", "arn:x")),
        LogStream.STDERR,
        commit::get,
        waiting);
  }

  @Test
  void aLineIsAnObjectThatTellsWhereItComesFrom() throws IOException {
    say("hello\n");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"2026-11-24T12:30:00.050Z\",\"stream\":\"stderr\",\"commit\":\"c1\","
                + "\"ecs_task_arn\":\"arn:x\",\"message\":\"hello\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"quoted\" \\ \t\r\b\f\u0001\u0000", "ümläut 漢字 😀", "", " "})
  void whatALineSaysComesBackFromTheJson(String message) throws IOException {
    say(message + "\n");

    assertThat(messages()).containsExactly(message);
  }

  @Test
  void whatIsNotUtf8IsReplaced() throws IOException {
    byte[] bytes = {'a', (byte) 0xff, 'b', (byte) 0xc3, '\n'};
    sink.accept(AT, bytes, bytes.length);

    assertThat(messages()).containsExactly("a\ufffdb\ufffd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb\n", "a\nb\r\n"})
  void theEndOfALineIsNoPartOfIt(String lines) throws IOException {
    for (byte single : lines.getBytes(StandardCharsets.UTF_8)) {
      sink.accept(AT, new byte[] {single}, 1);
    }
    say(lines);
    say("no\rend\r\r\n");
    say("last\r");
    sink.end(AT);

    assertThat(messages()).containsExactly("a", "b", "a", "b", "no\rend\r", "last");
  }

  /** What a fuzzer makes of bytes, the JDK's decoder makes of them, too. */
  @Test
  void everyMessageSaysWhatItsBytesSay() throws IOException {
    long seed = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    int[] often = {0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xf0, 0x90, 0xf4, 0x8f, 'a'};
    long rounds = 20_000L * Integer.getInteger("fastdeploy.fuzz.seconds", 1);
    for (long round = 0; round < rounds; round++) {
      byte[] bytes = new byte[1 + random.nextInt(8)];
      for (int i = 0; i < bytes.length; i++) {
        int any = random.nextInt(256);
        bytes[i] = (byte) (random.nextBoolean() ? often[any % often.length] : any);
      }
      JsonBytes json = new JsonBytes().appendString(bytes, 0, bytes.length);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      json.writeTo(new LogOutput(written));

      assertThat(JSON.std.anyFrom(written.toString(StandardCharsets.UTF_8)))
          .as("seed %d, bytes %s", seed, Arrays.toString(bytes))
          .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Test
  void aLineWhoseEndIsWaitedForComesOutAsAPiece() throws IOException {
    say("10%\r20%\r");
    waitFor(JsonSink.PATIENCE.toNanos() - 1);
    assertThat(messages()).isEmpty();

    waitFor(JsonSink.PATIENCE.toNanos());
    waitFor(3 * JsonSink.PATIENCE.toNanos());
    say("30%\r\nnext\n");

    assertThat(messages()).containsExactly("10%\r20%", "\r30%", "next");
    assertThat(objects().stream().map(object -> object.get("partial")))
        .containsExactly(true, null, null);
  }

  @Test
  void aCharacterIsNotTornByWaiting() throws IOException {
    byte[] bytes = "ä漢".getBytes(StandardCharsets.UTF_8);
    sink.accept(AT, bytes, bytes.length - 1);
    waitFor(2 * JsonSink.PATIENCE.toNanos());
    sink.accept(AT, new byte[] {bytes[bytes.length - 1], '\n'}, 2);

    assertThat(messages()).containsExactly("ä", "漢");
  }

  @Test
  void theLastPieceOfALineSaysThatItIsTheLast() throws IOException {
    say("begun");
    waitFor(2 * JsonSink.PATIENCE.toNanos());
    sink.end(AT);

    assertThat(messages()).containsExactly("begun", "");
    assertThat(objects().get(1)).doesNotContainKey("partial");
  }

  @Test
  void somebodyComesForALineThatWaits() throws IOException {
    byte[] question = "Continue? ".getBytes(StandardCharsets.UTF_8);
    sink(new WaitingLines()).accept(AT, question, question.length);

    await().atMost(Duration.ofSeconds(20)).until(() -> out.size() > 0);
    assertThat(messages()).containsExactly("Continue? ");
  }

  @Test
  void whereNoThreadCanBeStartedTheOutputGoesOn() throws IOException {
    JsonSink without =
        sink(
            new WaitingLines(
                task -> {
                  throw new OutOfMemoryError("unable to create native thread");
                }));
    without.accept(AT, new byte[] {'a'}, 1);
    without.accept(AT, new byte[] {'b', '\n'}, 2);

    assertThat(messages()).containsExactly("ab");
  }

  /** As if that time had passed since the line began to wait. */
  private void waitFor(long nanos) throws IOException {
    sink.bringOut(sink.waitsSince() + nanos);
  }

  @Test
  void eachLineTellsItsMomentAndItsCommit() throws IOException {
    say("a\n\n");
    commit.set(new Commit("c2"));
    say("b\n\n");
    byte[] later = "c\n\n".getBytes(StandardCharsets.UTF_8);
    sink.accept(AT.plusMillis(1), later, later.length);

    assertThat(messages()).containsExactly("a", "", "b", "", "c", "");
    assertThat(objects().stream().map(object -> object.get("commit")))
        .containsExactly("c1", "c1", "c2", "c2", "c2", "c2");
    String first = "2026-11-24T12:30:00.050Z";
    String last = "2026-11-24T12:30:00.051Z";
    assertThat(objects().stream().map(object -> object.get("time")))
        .containsExactly(first, first, first, first, last, last);
  }

  @Test
  void aLineThatComesInPiecesIsOne() throws IOException {
    byte[] bytes = "one 漢 line\nnext".getBytes(StandardCharsets.UTF_8);
    for (byte single : bytes) {
      sink.accept(AT, new byte[] {single}, 1);
    }

    assertThat(messages()).containsExactly("one 漢 line");
  }

  @Test
  void aLastLineWithoutItsEndComesOutAtTheEnd() throws IOException {
    say("a\nno end");
    sink.end(AT);

    assertThat(messages()).containsExactly("a", "no end");
  }

  @Test
  void aStreamThatEndsWithALineEndHasNoLineMore() throws IOException {
    say("a\n");
    sink.end(AT);

    assertThat(messages()).containsExactly("a");
  }

  @Test
  void theLongestLineIsNotSplit() throws IOException {
    say("x".repeat(JsonSink.LONGEST) + "\n");

    assertThat(objects()).hasSize(1);
    assertThat(objects().get(0)).doesNotContainKey("partial");
  }

  @Test
  void aLongerLineIsSplitAndSaysThatItGoesOn() throws IOException {
    String longLine = "x".repeat(2 * JsonSink.LONGEST + 1);
    say(longLine + "\nnext\n");

    assertThat(objects()).hasSize(4);
    assertThat(objects().get(0)).contains(entry("partial", true));
    assertThat(objects().get(1)).contains(entry("partial", true));
    assertThat(objects().get(2)).doesNotContainKey("partial");
    assertThat(String.join("", messages())).isEqualTo(longLine + "next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "漢", "😀"})
  void noCharacterIsTornByASplit(String character) throws IOException {
    String longLine = "x" + character.repeat(JsonSink.LONGEST);
    say(longLine + "\n");

    assertThat(messages()).hasSizeGreaterThan(1);
    assertThat(String.join("", messages())).isEqualTo(longLine);
  }

  @Test
  void bytesThatAreNoTextAreSplitToo() throws IOException {
    byte[] bytes = new byte[3 * JsonSink.LONGEST];
    java.util.Arrays.fill(bytes, (byte) 0x80);
    sink.accept(AT, bytes, bytes.length);
    sink.end(AT);

    assertThat(String.join("", messages())).hasSize(bytes.length).matches("\ufffd+");
  }

  @Test
  void theCommitIsTheOneThatRunsNow() throws IOException {
    say("old\n");
    commit.set(new Commit("c2"));
    say("new\n");

    assertThat(objects().stream().map(object -> object.get("commit"))).containsExactly("c1", "c2");
  }

  private void say(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sink.accept(AT, bytes, bytes.length);
  }

  private List<String> messages() throws IOException {
    return objects().stream()
        .map(object -> (String) object.get("message"))
        .collect(Collectors.toList());
  }

  private List<Map<String, Object>> objects() throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        objects.add(JSON.std.mapFrom(line));
      }
    }
    return objects;
  }
}
