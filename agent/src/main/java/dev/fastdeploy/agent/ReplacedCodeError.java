package dev.fastdeploy.agent;

/**
 * Ends a thread that asked for the end of the JVM on behalf of a release that may not end it: one
 * that was replaced, or that was refused before it was proven. {@code System.exit} does not return,
 * so the code after it must not run.
 */
public final class ReplacedCodeError extends Error {

  private static final long serialVersionUID = 1;

  ReplacedCodeError() {
    super(
        "this code does not run the service any more, or not yet for good; it cannot end the JVM",
        null,
        false,
        false);
  }
}
