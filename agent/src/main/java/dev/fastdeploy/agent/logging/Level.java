package dev.fastdeploy.agent.logging;

/** The importance of a message. */
public final class Level {

  public static final Level SEVERE = new Level("SEVERE", 1000);
  public static final Level WARNING = new Level("WARNING", 900);
  public static final Level INFO = new Level("INFO", 800);
  public static final Level FINE = new Level("FINE", 500);
  public static final Level FINER = new Level("FINER", 400);
  public static final Level FINEST = new Level("FINEST", 300);

  private final String name;
  private final int value;

  private Level(String name, int value) {
    this.name = name;
    this.value = value;
  }

  /**
   * Returns true if messages of this level are printed. Only warnings and worse are worth a line in
   * a service's log.
   */
  boolean said() {
    return value >= WARNING.value;
  }

  @Override
  public String toString() {
    return name;
  }
}
