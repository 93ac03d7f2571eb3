package dev.fastdeploy.servers;

/** Says which commit this is; each release has its own class of this name. */
public final class Revision {

  private Revision() {}

  /** Returns the commit. */
  public static String commit() {
    return "unreleased";
  }
}
