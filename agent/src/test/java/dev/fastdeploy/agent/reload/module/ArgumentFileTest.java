package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentFileTest {

  @Test
  void splitsAtWhiteSpace() {
    assertThat(ArgumentFile.words(" -cp\tlib/*\n\n  Main "))
        .containsExactly("-cp", "lib/*", "Main");
  }

  @Test
  void passesOverComments() {
    assertThat(ArgumentFile.words("# all\n-ea # here\n-Dx=a#b")).containsExactly("-ea", "-Dx=a#b");
  }

  @Test
  void keepsWhatIsQuotedTogether() {
    assertThat(ArgumentFile.words("-Da=\"b c\" 'd \" e' \"\""))
        .containsExactly("-Da=b c", "d \" e", "");
  }

  @Test
  void readsEscapesWithinQuotesOnly() {
    assertThat(ArgumentFile.words("\"a\\tb\\\\c\\\"\" d\\e")).containsExactly("a\tb\\c\"", "d\\e");
  }

  @Test
  void joinsQuotedLines() {
    assertThat(ArgumentFile.words("\"lib/a.jar:\\\n   lib/b.jar\""))
        .containsExactly("lib/a.jar:lib/b.jar");
  }
}
