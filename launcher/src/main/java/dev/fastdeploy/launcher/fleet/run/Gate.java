package dev.fastdeploy.launcher.fleet.run;

import dev.fastdeploy.launcher.fleet.plan.GateAnswer;

/** A question that is asked during a bake, on a thread that may block. */
public interface Gate {

  /**
   * Asks.
   *
   * @throws InterruptedException if nobody waits for the answer any more
   */
  Said ask(int gate) throws InterruptedException;

  /**
   * An answer.
   *
   * @param why one line for a person; may be empty
   */
  record Said(GateAnswer answer, String why) {}
}
