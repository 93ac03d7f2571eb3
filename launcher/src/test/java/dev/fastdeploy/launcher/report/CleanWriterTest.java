package dev.fastdeploy.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CleanWriterTest {

  private final StringWriter terminal = new StringWriter();
  private final CleanWriter out = new CleanWriter(terminal);

  @Test
  void everyWayToPrintIsCleaned() {
    out.print("a\u001b]0;title\u0007");
    out.print('\u009b');
    out.print(new char[] {'\n', 'b'});
    out.append("\u202e").append('\u2028').append("xyz\rz", 2, 5);
    out.printf("%s", "\u001b[2J");
    out.write("c\n");
    out.write("0\n1", 1, 1);
    out.write('\u0085');
    out.print((Object) "\u001bd");

    assertThat(terminal.toString()).isEqualTo("a?]0;title???b??z?z?[2Jc????d");
  }

  @Test
  void aLineEndsWhereTheCommandEndsIt() {
    out.println("one\nline");
    out.println();
    out.println("two");

    assertThat(terminal.toString()).isEqualTo("one?line\n\ntwo\n");
  }

  @Test
  void linesAreTakenBackByTheCommandItself() {
    out.eraseLines(2);

    assertThat(terminal.toString()).isEqualTo("\u001b[1A\u001b[2K\u001b[1A\u001b[2K");
  }

  @Test
  void ownTextKeepsItsLines() {
    out.forOwnText().print("a\nb");
    out.forOwnText().flush();

    assertThat(terminal.toString()).isEqualTo("a\nb");
  }
}
