package dev.fastdeploy.agent.logging;

/** The manager that the libraries register their own loggers with. */
public final class LogManager {

  private static final LogManager INSTANCE = new LogManager();

  private LogManager() {}

  /** Returns the only manager. */
  public static LogManager getLogManager() {
    return INSTANCE;
  }

  /** Does nothing: loggers work without a manager. */
  public boolean addLogger(Logger logger) {
    return true;
  }
}
