package dev.fastdeploy.demo.traffic;

import dev.fastdeploy.demo.service.DemoService;
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

  private static final Pattern COMMIT = Pattern.compile("([0-9A-Za-z._-]+)\n");
  private static final Pattern PROCESS =
      Pattern.compile(Pattern.quote(DemoService.PROCESS) + ": (\\d+)");

  /** Reads an answer to {@code /version} or {@code /slow}; nothing if it is none. */
  static Optional<Answer> parse(String head, String body) {
    Matcher commit = COMMIT.matcher(body);
    Matcher process = PROCESS.matcher(head);
    return commit.matches() && process.find()
        ? Optional.of(new Answer(commit.group(1), Long.parseLong(process.group(1))))
        : Optional.empty();
  }
}
