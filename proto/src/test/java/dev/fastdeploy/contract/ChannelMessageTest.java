package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelMessageTest {

  static Stream<ChannelMessage> messages() {
    return Stream.of(
        new ChannelMessage.Hello(17, "1.0"),
        new ChannelMessage.Listening("unix:/a b"),
        new ChannelMessage.NotListening("no port"),
        new ChannelMessage.AgentFailed("no module"),
        new ChannelMessage.AskClasses(),
        new ChannelMessage.Classes("", ""),
        new ChannelMessage.Classes("3 classes of c1", "'../c1/app.jar'"),
        new ChannelMessage.Ready(),
        new ChannelMessage.Unready("two words=100%\nand a line"),
        new ChannelMessage.Reload("d1", "c1"),
        new ChannelMessage.Runs("c2", true),
        new ChannelMessage.Runs("c2", false),
        new ChannelMessage.AskLastLines(),
        new ChannelMessage.LastLines(List.of()),
        new ChannelMessage.LastLines(List.of("one=1 & 2", "two")),
        new ChannelMessage.Adopted(),
        new ChannelMessage.Acknowledged("", 0),
        new ChannelMessage.NotHolding("the last start took 12000 ms"),
        new ChannelMessage.Acknowledged("/run/listeners.sock", 1500),
        new ChannelMessage.Declined("because"),
        new ChannelMessage.Stopping(),
        new ChannelMessage.StateChanged());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageIsOneLineThatSaysItAgain(ChannelMessage message) {
    assertThat(message.line()).doesNotContain("\n");
    assertThat(ChannelMessage.parse(message.line())).contains(message);
  }

  @Test
  void theLatestLinesAreThoseThatAMessageHolds() {
    List<String> many = IntStream.range(0, 50).mapToObj(i -> "ä".repeat(500) + i).toList();

    String line = new ChannelMessage.LastLines(many).line();

    assertThat(line.length()).isBetween(32 * 1024, 60 * 1024);
    assertThat(ChannelMessage.parse(line).orElseThrow())
        .isInstanceOfSatisfying(
            ChannelMessage.LastLines.class,
            last ->
                assertThat(last.lines())
                    .isNotEmpty()
                    .isEqualTo(many.subList(50 - last.lines().size(), 50)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "shout x=1", "hello", "hello pid=x", "unready reason=%ZZ"})
  void whatIsNotUnderstoodIsPassedOver(String line) {
    assertThat(ChannelMessage.parse(line)).isEmpty();
  }
}
