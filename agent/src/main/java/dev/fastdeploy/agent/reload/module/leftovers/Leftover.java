package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.function.BooleanSupplier;

/**
 * One thing that a generation left.
 *
 * @param what names it, for a person
 * @param removal takes it away, or asks it to end
 * @param gone whether it has ended; asked until the deadline
 */
record Leftover(String what, Removal removal, BooleanSupplier gone) {

  /** One that is gone once its removal has returned. */
  Leftover(String what, Removal removal) {
    this(what, removal, () -> true);
  }

  /** Takes something away. May run code of the old application, which may throw anything. */
  @FunctionalInterface
  interface Removal {
    void run() throws Exception;
  }
}
