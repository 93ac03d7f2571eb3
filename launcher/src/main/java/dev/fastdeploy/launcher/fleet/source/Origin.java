package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;

/** A kind of source. {@link BoundedSource} adds the safeguards that all of them need. */
interface Origin {

  /**
   * Lists the members. Ends as soon as it can after an interrupt or the deadline.
   *
   * @throws IOException if it cannot tell, with a message for the user
   */
  SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException, InterruptedException;

  /**
   * Lists the members, with what the platform itself is rolling out there.
   *
   * @throws IOException if it cannot tell, with a message for the user
   */
  default SourceAnswer.Seen listBeforeDeploy(AnswerDeadline deadline)
      throws IOException, InterruptedException {
    return list(deadline);
  }

  /** Frees resources that are kept between questions. */
  default void close() {}
}
