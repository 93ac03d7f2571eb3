package dev.fastdeploy.agent.logging;

import dev.fastdeploy.contract.Diagnostics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Says warnings and worse in one line each, not too many, and drops the rest. Thread-safe. */
public class Logger {

  private static final Map<String, Logger> LOGGERS = new ConcurrentHashMap<>();

  private static final LineLimit LIMIT = new LineLimit(System::nanoTime);

  private final @Nullable String name;

  /**
   * @param bundle has no meaning here: nothing is translated
   */
  protected Logger(@Nullable String name, @Nullable String bundle) {
    this.name = name;
  }

  /** The logger of a name. */
  public static Logger getLogger(String name) {
    return LOGGERS.computeIfAbsent(name, key -> new Logger(key, null));
  }

  /** Its name. */
  public @Nullable String getName() {
    return name;
  }

  /** Whether a message of a level would be said. */
  public boolean isLoggable(Level level) {
    return level.said();
  }

  /** Has no effect: handlers are not asked. */
  public void addHandler(Handler handler) {}

  /** Has no effect: handlers are not asked. */
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

  /** Says the message. */
  public void warning(@Nullable String message) {
    log(Level.WARNING, message);
  }

  /** Says the message if its level is high enough. */
  public void log(Level level, @Nullable String message) {
    if (isLoggable(level)) {
      log(named(level, message));
    }
  }

  /** The same with a value for {@code {0}}. */
  public void log(Level level, @Nullable String message, @Nullable Object parameter) {
    log(level, message, new @Nullable Object[] {parameter});
  }

  /** The same with values for {@code {0}}, {@code {1}} and so on. */
  public void log(Level level, @Nullable String message, @Nullable Object @Nullable [] parameters) {
    if (isLoggable(level)) {
      LogRecord record = named(level, message);
      record.setParameters(parameters);
      log(record);
    }
  }

  /**
   * The same with a failure, of which class and message are said. Want of memory is always said:
   * gRPC takes the end of a connection for a detail, whatever ended it.
   */
  public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
    Level least = thrown instanceof OutOfMemoryError ? Level.WARNING : level;
    if (isLoggable(least)) {
      LogRecord record = named(least, message);
      record.setThrown(thrown);
      log(record);
    }
  }

  /** Says a record if its level is high enough. */
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
