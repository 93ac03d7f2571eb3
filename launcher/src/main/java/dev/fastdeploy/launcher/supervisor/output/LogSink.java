package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import java.time.Instant;

/** Writes one stream of one process, in some form. Not thread-safe: one pump feeds it. */
public interface LogSink {

  /**
   * Takes the next bytes of the stream. May block for as long as nobody reads.
   *
   * @param at the time at which they were read
   * @throws IOException if nobody will ever read
   */
  void accept(Instant at, byte[] bytes, int length) throws IOException;

  /** Ends the stream; its last line may lack a line end. */
  void end(Instant at) throws IOException;
}
