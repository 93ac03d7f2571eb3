package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import java.time.Instant;

/** Brings one stream of one process out, in some form. Not thread-safe: one pump feeds it. */
public interface LogSink {

  /**
   * Takes the next bytes of the stream. May block for as long as nobody reads.
   *
   * @param at when they were read
   * @throws IOException if nobody will ever read
   */
  void accept(Instant at, byte[] bytes, int length) throws IOException;

  /** The stream has ended; what it said last may lack a line end. */
  void end(Instant at) throws IOException;
}
