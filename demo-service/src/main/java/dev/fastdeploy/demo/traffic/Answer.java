package dev.fastdeploy.demo.traffic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who answered.
 *
 * @param commit that the process runs
 * @param pid of the process
 */
public record Answer(String commit, long pid) {

  private static final Pattern FORM =
      Pattern.compile("\\{\"commit\":\"([0-9A-Za-z._-]+)\",\"pid\":(\\d+)}\\s*");

  /** Reads the body of an answer to {@code /version} or {@code /slow}. */
  static Optional<Answer> parse(String body) {
    Matcher matcher = FORM.matcher(body);
    return matcher.matches()
        ? Optional.of(new Answer(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }
}
