package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.Commit;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a line in a log of JSON objects. Immutable. */
final class JsonLine {

  /** ISO 8601 in UTC, always with three digits of the second. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** The rest of the head, for a piece of a line that is not the last. */
  static final String GOES_ON = ",\"partial\":true";

  /** The text before the message, a string. */
  static final String MESSAGE = ",\"message\":";

  /** The text after it. */
  static final String END = "}\n";

  private final String more;

  /**
   * @param fields additional fields of every line, by name
   */
  JsonLine(Map<String, String> fields) {
    StringBuilder members = new StringBuilder();
    fields.forEach((name, value) -> member(members.append(','), name, value));
    this.more = members.toString();
  }

  /**
   * Appends a line with its end.
   *
   * @param commit the commit of the release that runs; null while none does
   * @param goesOn whether this is a piece of a line, and not the last
   */
  void append(
      StringBuilder to,
      Instant time,
      LogStream stream,
      @Nullable Commit commit,
      String message,
      boolean goesOn) {
    appendHead(to, time, stream, commit);
    if (goesOn) {
      to.append(GOES_ON);
    }
    to.append(MESSAGE);
    Json.appendString(to, message);
    to.append(END);
  }

  /** Appends the beginning of an object, which is the same for all lines of a moment. */
  void appendHead(StringBuilder to, Instant time, LogStream stream, @Nullable Commit commit) {
    member(to.append('{'), "time", TIME.format(time));
    member(to.append(','), "stream", stream.label());
    if (commit != null) {
      member(to.append(','), "commit", commit.id());
    }
    to.append(more);
  }

  private static void member(StringBuilder to, String name, String value) {
    Json.appendString(to, name);
    to.append(':');
    Json.appendString(to, value);
  }
}
