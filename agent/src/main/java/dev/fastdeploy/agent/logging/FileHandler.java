package dev.fastdeploy.agent.logging;

/** A handler that writes no file. */
public final class FileHandler extends Handler {

  /** Opens nothing. */
  public FileHandler(String pattern, boolean append) {}
}
