package dev.fastdeploy.agent.reload.module.leftovers;

/** Says that something inside the JDK is not where it was expected. The message names it. */
public final class InaccessibleException extends Exception {

  private static final long serialVersionUID = 1;

  InaccessibleException(String message) {
    super(message);
  }
}
