package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({
    "3,      10, 3, 3",
    "0,      10, 0, 0",
    "10%,    10, 1, 1",
    "10%,    19, 1, 2",
    "2%,     49, 0, 1",
    "2%,     50, 1, 1",
    "0.5%,  199, 0, 1",
    "0.5%,  200, 1, 1",
    "33.33%,  3, 0, 1",
    "100%,    7, 7, 7",
    "0%,      7, 0, 0",
  })
  void countsWholeMembers(String text, int fleet, int atMost, int atLeast) {
    Share share = Share.parse(text);

    assertThat(share.atMost(fleet)).isEqualTo(atMost);
    assertThat(share.atLeast(fleet)).isEqualTo(atLeast);
    assertThat(Share.parse(share.toString())).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "5 %", "101%", "100.01%", "0.001%", "x", "1e3", "9999999999"})
  void refusesWhatIsNoShare(String text) {
    assertThatThrownBy(() -> Share.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not a share");
  }

  @Test
  void aWindowLetsAtLeastOneChange() {
    Window window = new Window(Share.percent(10), Share.percent(100), 1);

    assertThat(window.size(3)).isEqualTo(1);
    assertThat(window.floor(3)).isEqualTo(2);
    assertThat(window.floor(1)).isZero();
    assertThatThrownBy(() -> new Window(Share.NONE, Share.NONE, 1))
        .hasMessageContaining("lets no instance change");
  }

  @Test
  void wavesEndWithTheWholeFleet() {
    assertThatThrownBy(
            () ->
                new Waves(Share.NONE, List.of(Share.percent(50)), Duration.ZERO, false, List.of()))
        .hasMessageContaining("the last one must be 100%");
  }

  @Test
  void wavesFollowTheLiving() {
    Waves waves =
        new Waves(
            Share.number(2), List.of(Share.percent(5), Share.ALL), Duration.ZERO, false, List.of());

    assertThat(waves.count()).isEqualTo(3);
    assertThat(waves.goal(0, 100)).isEqualTo(2);
    assertThat(waves.goal(1, 100)).isEqualTo(5);
    assertThat(waves.goal(1, 200)).isEqualTo(10);
    assertThat(waves.goal(0, 1)).isEqualTo(1);
    assertThat(waves.goal(2, 7)).isEqualTo(7);
  }
}
