package dev.fastdeploy.demo.traffic;

import dev.fastdeploy.demo.service.DemoService;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process of the service says at its end about the requests that it had read.
 *
 * @param commit that it ran
 * @param pid of the process
 * @param answered how many it answered, probes left out
 * @param cut how many it did not
 * @param drainMillis how long it took from the order to stop to the last answer
 */
public record ProcessAccount(String commit, long pid, long answered, long cut, long drainMillis) {

  private static final Pattern FORM =
      Pattern.compile(
          Pattern.quote(DemoService.DRAINED)
              + " commit=(\\S+) pid=(\\d+) answered=(\\d+) cut=(\\d+) ms=(\\d+)");

  /** Reads a line of the service's output; nothing if it is about something else. */
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
