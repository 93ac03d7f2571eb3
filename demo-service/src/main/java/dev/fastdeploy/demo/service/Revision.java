package dev.fastdeploy.demo.service;

/**
 * Tells which commit the code was built from. Two releases without a fault differ only in the body
 * of this one method: the smallest change that a deploy can bring.
 */
public final class Revision {

  private Revision() {}

  /**
   * Returns the commit. Called for each answer, so that an answer names the code that made it. The
   * text appears only here: a constant of the class would change with it.
   */
  public static String commit() {
    return "unreleased";
  }
}
