package dev.fastdeploy.demo.traffic;

import dev.fastdeploy.demo.service.DemoService;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account that a process of the service gives at its end about the requests that it read.
 *
 * @param commit the commit that it ran
 * @param pid the process's id
 * @param answered the number of answered requests, without probes
 * @param cut the number of unanswered ones
 * @param drainMillis the time from the order to stop to the last answer
 */
public record ProcessAccount(String commit, long pid, long answered, long cut, long drainMillis) {

  private static final Pattern FORM =
      Pattern.compile(
          Pattern.quote(DemoService.DRAINED)
              + " commit=(\\S+) pid=(\\d+) answered=(\\d+) cut=(\\d+) ms=(\\d+)");

  /** Parses a line of the service's output; empty if it is about something else. */
  public static Optional<ProcessAccount> parse(String line) {
    Matcher matcher = FORM.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new ProcessAccount(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)),
                Long.parseLong(matcher.group(5))))
        : Optional.empty();
  }
}
