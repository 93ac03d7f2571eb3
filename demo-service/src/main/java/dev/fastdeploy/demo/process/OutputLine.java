package dev.fastdeploy.demo.process;

/**
 * A line that a process printed.
 *
 * @param timeMillis when it was read, UTC milliseconds
 * @param stream on which it was printed
 * @param text without the line end
 */
public record OutputLine(long timeMillis, Stream stream, String text) {

  /** Where a process prints. */
  public enum Stream {
    STDOUT,
    STDERR
  }
}
