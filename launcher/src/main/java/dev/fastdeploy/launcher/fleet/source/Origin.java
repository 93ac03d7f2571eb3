package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;

/** One kind of source, without the care that all of them need: {@link BoundedSource} adds it. */
interface Origin {

  /**
   * Lists the members. An interrupt or a passed deadline ends it as soon as the origin can.
   *
   * @throws IOException if it cannot tell, with a message for the user
   */
  Answer.Seen list(Deadline deadline) throws IOException, InterruptedException;

  /**
   * The same, with what the platform itself is rolling out there.
   *
   * @throws IOException if it cannot tell, with a message for the user
   */
  default Answer.Seen listBeforeDeploy(Deadline deadline) throws IOException, InterruptedException {
    return list(deadline);
  }

  /** Frees what is held between two questions. */
  default void close() {}
}
