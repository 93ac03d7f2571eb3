package dev.fastdeploy.agent.reload.module.leftovers;

/** Something inside the JDK that is not where it was looked for. The message names it. */
public final class InaccessibleException extends Exception {

  private static final long serialVersionUID = 1;

  InaccessibleException(String message) {
    super(message);
  }
}
