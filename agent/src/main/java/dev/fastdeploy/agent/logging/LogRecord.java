package dev.fastdeploy.agent.logging;

import java.text.MessageFormat;
import org.jspecify.annotations.Nullable;

/** One message. For one thread. */
public final class LogRecord {

  private static final String STACK = "\n\tat ";

  private final Level level;
  private final @Nullable String message;
  private @Nullable String loggerName;
  private @Nullable Object @Nullable [] parameters;
  private @Nullable Throwable thrown;

  /** Creates a message without parameters and without a failure. */
  public LogRecord(Level level, @Nullable String message) {
    this.level = level;
    this.message = message;
  }

  /** Sets the name of the logger, which begins the line. */
  public void setLoggerName(@Nullable String name) {
    this.loggerName = name;
  }

  /** Has no effect: a line for a user does not name the class that printed it. */
  public void setSourceClassName(@Nullable String name) {}

  /** Has no effect: a line for a user does not name the method that printed it. */
  public void setSourceMethodName(@Nullable String name) {}

  /** Sets the values for {@code {0}}, {@code {1}} … in the message. */
  public void setParameters(@Nullable Object @Nullable [] parameters) {
    this.parameters = parameters == null ? null : parameters.clone();
  }

  /** Sets the failure that is reported. */
  public void setThrown(@Nullable Throwable thrown) {
    this.thrown = thrown;
  }

  Level level() {
    return level;
  }

  /**
   * Returns the record as one line: the logger, the message, and the failure's class and message.
   * gRPC writes the whole stack of a failure into some messages; the stack and everything after it
   * are left out.
   */
  String line() {
    StringBuilder line = new StringBuilder();
    if (loggerName != null) {
      line.append(loggerName.substring(loggerName.lastIndexOf('.') + 1)).append(": ");
    }
    line.append(withoutStack(text()));
    if (thrown != null) {
      line.append(" (").append(thrown).append(')');
    }
    return line.toString().replaceAll("\\R", " ");
  }

  private static String withoutStack(String text) {
    int stack = text.indexOf(STACK);
    return stack < 0 ? text : text.substring(0, stack).stripTrailing();
  }

  private String text() {
    if (message == null) {
      return "";
    }
    if (parameters == null || parameters.length == 0 || !message.contains("{")) {
      return message;
    }
    try {
      return MessageFormat.format(message, parameters);
    } catch (IllegalArgumentException notAPattern) {
      return message;
    }
  }
}
