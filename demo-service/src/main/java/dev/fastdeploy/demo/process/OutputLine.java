package dev.fastdeploy.demo.process;

/**
 * A line that a process printed.
 *
 * @param stream on which it was printed
 * @param text without the line end
 */
public record OutputLine(Stream stream, String text) {

  /** Where a process prints. */
  public enum Stream {
    STDOUT,
    STDERR
  }
}
