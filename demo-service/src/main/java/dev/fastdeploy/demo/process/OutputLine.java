package dev.fastdeploy.demo.process;

/**
 * A line that a process printed.
 *
 * @param stream the stream on which it was printed
 * @param text the line without its end
 */
public record OutputLine(Stream stream, String text) {

  /** The streams on which a process prints. */
  public enum Stream {
    STDOUT,
    STDERR
  }
}
