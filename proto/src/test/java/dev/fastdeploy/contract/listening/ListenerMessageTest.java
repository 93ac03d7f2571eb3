package dev.fastdeploy.contract.listening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerMessageTest {

  @ParameterizedTest
  @EnumSource
  void eachArrivesAsItWasSent(ListenerMessage.Kind kind) {
    ListenerMessage message = new ListenerMessage(kind, "0:0:0:0:0:0:0:1:8080", 511);

    assertThat(ListenerMessage.parse(ByteBuffer.wrap(message.bytes()))).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GIVE", "GIVE 1", "give 1 *:80", "GIVE x *:80", "GIVE 99999999999 a"})
  void whatIsNoneIsTold(String text) {
    assertThat(ListenerMessage.parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
  }

  @Test
  void thePortIsTheNamesEnd() {
    assertThat(new ListenerMessage(ListenerMessage.Kind.GIVE, "*:8080").port()).contains("8080");
    assertThat(new ListenerMessage(ListenerMessage.Kind.GIVE, "0:0:0:0:0:0:0:1:443").port())
        .contains("443");
    assertThat(new ListenerMessage(ListenerMessage.Kind.GIVEN, "").port()).isEmpty();
  }

  @Test
  void theLongestAddressFits() {
    assertThat(
            new ListenerMessage(
                    ListenerMessage.Kind.ADOPT_ANOTHER,
                    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff:65535",
                    Integer.MAX_VALUE)
                .bytes()
                .length)
        .isLessThan(ListenerMessage.LONGEST);
  }
}
