package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.Text;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * The only way from the command to a terminal. What an instance says of itself (commits, reasons,
 * last lines, its name) comes from a machine that may be broken or hostile, and a terminal obeys
 * what it is shown. So everything printed here passes {@link Text#oneLine}, and a line ends only
 * where {@code println} ends it. A string must hold whole characters. Thread-safe, like its
 * superclass.
 */
public final class CleanWriter extends PrintWriter {

  private static final String LINE_UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final Writer terminal;

  /**
   * @param terminal takes the lines; flushed after each
   */
  public CleanWriter(Writer terminal) {
    super(terminal, true);
    this.terminal = terminal;
  }

  @Override
  public void write(int character) {
    write(Character.toString((char) character));
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    write(new String(characters, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) {
    write(text.substring(offset, offset + length));
  }

  @Override
  public void write(String text) {
    String clean = Text.oneLine(text);
    super.write(clean, 0, clean.length());
  }

  /** Erases the last lines on a terminal. */
  void eraseLines(int lines) {
    String sequence = LINE_UP_AND_CLEAR.repeat(lines);
    super.write(sequence, 0, sequence.length());
  }

  /**
   * Returns a writer to the same place that changes nothing, for the command's own text of several
   * lines: its help.
   */
  public PrintWriter forOwnText() {
    return new PrintWriter(terminal, true);
  }
}
