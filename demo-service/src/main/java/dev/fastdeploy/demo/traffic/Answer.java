package dev.fastdeploy.demo.traffic;

import dev.fastdeploy.demo.service.DemoService;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process behind an answer.
 *
 * @param commit the commit that the process runs
 * @param pid the process's id
 */
public record Answer(String commit, long pid) {

  private static final Pattern COMMIT = Pattern.compile("([0-9A-Za-z._-]+)\n");
  private static final Pattern PROCESS =
      Pattern.compile(Pattern.quote(DemoService.PROCESS) + ": (\\d+)");

  /** Parses an answer to {@code /version} or {@code /slow}; empty if it is not one. */
  static Optional<Answer> parse(String head, String body) {
    Matcher commit = COMMIT.matcher(body);
    Matcher process = PROCESS.matcher(head);
    return commit.matches() && process.find()
        ? Optional.of(new Answer(commit.group(1), Long.parseLong(process.group(1))))
        : Optional.empty();
  }
}
