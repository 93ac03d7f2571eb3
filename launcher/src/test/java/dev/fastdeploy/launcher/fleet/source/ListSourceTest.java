package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListSourceTest extends FleetSourceContract {

  @Override
  FleetSource finding(Duration patience, String... addresses) {
    return FleetSources.parse(String.join(",", addresses));
  }

  @Test
  void readsEachFormOfAnAddress() throws Exception {
    assertThat(addresses(FleetSources.parse(" b:1, [2001:db8::1]:7400 ,unix:/run/a.sock").ask()))
        .containsExactly("b:1", "[2001:db8::1]:7400", "unix:/run/a.sock");
  }

  @Test
  void aMemberWithoutAnIdIsItsAddress() throws Exception {
    assertThat(seen(FleetSources.parse("Host.Example:07400").ask()).members())
        .containsExactly(new Member(new MemberId("host.example:7400"), "host.example:7400", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis:7400", "exec-host:1", "filer:80"})
  void aHostMayBeCalledAsASourceIs(String text) throws Exception {
    assertThat(addresses(FleetSources.parse(text).ask())).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "host", "host:0", "host:65536", "dns:a:1", "http://h:1", "[::1]"})
  void refusesWhatIsNoSource(String text) {
    assertThatThrownBy(() -> FleetSources.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the source '" + text.strip() + "' is not understood; write host:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a:1,b|the target 'b' is not understood; write host:port",
        "a:1,,b:2|a target between commas or at an end is empty",
        "a:1,|a target between commas or at an end is empty",
        "a:1,b:2,A:01|the instance 'a:1' is named twice; name each once",
        "[::1]:1,[0:0::1]:1|the instance '[0:0::1]:1' is named twice",
        "a:1,[::::]:1|'::::' is not an IPv6 address",
        "unix:/x,unix:/y/../x|the instance 'unix:/x' is named twice",
        "a:1,b\u0007:2|the target 'b?:2' is not understood",
        "a:1,redis://u:secret@h/k|the target 'redis://u:***@h/k' is not understood"
      })
  void namesWhatIsWrongInAList(String text, String message) {
    assertThatThrownBy(() -> FleetSources.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("' is not understood: ")
        .hasMessageContaining(message);
  }

  @Test
  void aPathThatIsTooLongIsToldSo() {
    assertThatThrownBy(() -> FleetSources.parse("unix:/" + "x".repeat(107)))
        .hasMessageContaining("too long");
  }
}
