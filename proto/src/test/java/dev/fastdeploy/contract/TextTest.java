package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x0a, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9d, 0xad, 0x61c, 0x200b,
        0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff, 0xfff9, 0xe0001,
        0xe0041
      })
  void whatATerminalWouldObeyIsReplaced(int codePoint) {
    assertThat(Text.oneLine("a" + Character.toString(codePoint) + "b")).isEqualTo("a?b");
    assertThat(Text.showsAsItIs(codePoint)).isFalse();
  }

  @Test
  void halfACharacterIsReplaced() {
    assertThat(Text.oneLine("a\ud83d")).isEqualTo("a?");
    assertThat(Text.oneLine("\ude00b")).isEqualTo("?b");
  }

  @Test
  void whatShowsInItsPlaceStays() {
    String text = "Größe 漢字 \ud83d\ude00 é ’";

    assertThat(Text.oneLine(text)).isSameAs(text);
  }

  @Test
  void aTabBecomesASpace() {
    assertThat(Text.shortened("\tat dev.fastdeploy", 100)).isEqualTo(" at dev.fastdeploy");
  }

  @Test
  void oneIsNotSeveral() {
    assertThat(Text.counted(1, "runs", "run")).isEqualTo("1 runs");
    assertThat(Text.counted(0, "runs", "run")).isEqualTo("0 run");
    assertThat(Text.counted(2, "runs", "run")).isEqualTo("2 run");
  }

  @Test
  void isCutBetweenCharacters() {
    assertThat(Text.shortened("abc", 3)).isEqualTo("abc");
    assertThat(Text.shortened("abcd", 3)).isEqualTo("abc…");
    assertThat(Text.shortened("ab\ud83d\ude00d", 3)).isEqualTo("ab…");
  }
}
