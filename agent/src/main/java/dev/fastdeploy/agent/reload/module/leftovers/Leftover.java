package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.function.BooleanSupplier;

/**
 * One thing that a generation left behind.
 *
 * @param what its name, for a person
 * @param removal removes it, or asks it to end
 * @param gone returns true once it has ended; called until the deadline
 */
record Leftover(String what, Removal removal, BooleanSupplier gone) {

  /** Creates one that is gone once its removal has returned. */
  Leftover(String what, Removal removal) {
    this(what, removal, () -> true);
  }

  /** Removes something. May run code of the old application, which may throw anything. */
  @FunctionalInterface
  interface Removal {
    void run() throws Exception;
  }
}
