package dev.fastdeploy.launcher.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "java -cp app.jar:lib/* Main    | java;-cp;app.jar:lib/*;Main",
        "java -cp 'app.jar:lib/*' Main  | java;-cp;app.jar:lib/*;Main",
        "a  \t b                        | a;b",
        "a 'b c' \"d e\"                | a;b c;d e",
        "a''b \"\" c                    | ab;;c",
        "a\\ b 'c\\d' \"e\\\"f\\g\"     | a b;c\\d;e\"f\\g",
        "-Dx=\"a b\"'c d'               | -Dx=a bc d",
        "$HOME `x` ~                    | $HOME;`x`;~",
        "end\\                          | end\\",
      })
  void splitsAsAShellDoesAndExpandsNothing(String command, String words) {
    assertThat(CommandWords.split(command)).containsExactly(words.split(";", -1));
  }

  @Test
  void nothingHasNoWords() {
    assertThat(CommandWords.split(" \t\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java 'x", "java \"x", "\"\\\""})
  void refusesAQuoteThatIsNotClosed(String command) {
    assertThatThrownBy(() -> CommandWords.split(command))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not closed");
  }
}
