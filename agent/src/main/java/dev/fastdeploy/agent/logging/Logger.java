package dev.fastdeploy.agent.logging;

import dev.fastdeploy.contract.Diagnostics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Prints warnings and worse in one line each, up to a limit, and drops the rest. Thread-safe. */
public class Logger {

  private static final Map<String, Logger> LOGGERS = new ConcurrentHashMap<>();

  private static final LineLimit LIMIT = new LineLimit(System::nanoTime);

  private final @Nullable String name;

  /**
   * @param bundle ignored: nothing is translated
   */
  protected Logger(@Nullable String name, @Nullable String bundle) {
    this.name = name;
  }

  /** Returns a logger with this name. */
  public static Logger getLogger(String name) {
    return LOGGERS.computeIfAbsent(name, key -> new Logger(key, null));
  }

  /** Returns its name. */
  public @Nullable String getName() {
    return name;
  }

  /** Returns true if a message of this level would be printed. */
  public boolean isLoggable(Level level) {
    return level.said();
  }

  /** Has no effect: handlers are never used. */
  public void addHandler(Handler handler) {}

  /** Has no effect: handlers are never used. */
  public void setUseParentHandlers(boolean use) {}

  /** Drops the message. */
  public void finer(@Nullable String message) {
    log(Level.FINER, message);
  }

  /** Drops the message. */
  public void fine(@Nullable String message) {
    log(Level.FINE, message);
  }

  /** Drops the message. */
  public void info(@Nullable String message) {
    log(Level.INFO, message);
  }

  /** Prints the message. */
  public void warning(@Nullable String message) {
    log(Level.WARNING, message);
  }

  /** Prints the message if its level is high enough. */
  public void log(Level level, @Nullable String message) {
    if (isLoggable(level)) {
      log(named(level, message));
    }
  }

  /** Does the same with a value for {@code {0}}. */
  public void log(Level level, @Nullable String message, @Nullable Object parameter) {
    log(level, message, new @Nullable Object[] {parameter});
  }

  /** Does the same with values for {@code {0}}, {@code {1}} and so on. */
  public void log(Level level, @Nullable String message, @Nullable Object @Nullable [] parameters) {
    if (isLoggable(level)) {
      LogRecord record = named(level, message);
      record.setParameters(parameters);
      log(record);
    }
  }

  /**
   * Does the same with a failure, and prints its class and message. An out-of-memory error is
   * always printed: gRPC logs the end of a connection at a low level, whatever the cause.
   */
  public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
    Level least = thrown instanceof OutOfMemoryError ? Level.WARNING : level;
    if (isLoggable(least)) {
      LogRecord record = named(least, message);
      record.setThrown(thrown);
      log(record);
    }
  }

  /** Prints a record if its level is high enough. */
  public void log(LogRecord record) {
    if (isLoggable(record.level())) {
      String line = LIMIT.admit(record.line());
      if (line != null) {
        Diagnostics.say(line);
      }
    }
  }

  private LogRecord named(Level level, @Nullable String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName(name);
    return record;
  }
}
