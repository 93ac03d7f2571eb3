package dev.fastdeploy.agent.logging;

/** The manager that the libraries register their own loggers with. */
public final class LogManager {

  private static final LogManager INSTANCE = new LogManager();

  private LogManager() {}

  /** The one manager. */
  public static LogManager getLogManager() {
    return INSTANCE;
  }

  /** Takes note of nothing: loggers work without a manager. */
  public boolean addLogger(Logger logger) {
    return true;
  }
}
