package dev.fastdeploy.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A message between launcher and agent. Each is one line: a word, then {@code name=value} pairs
 * with URL-encoded values. A line that is not understood is skipped, so either side may be newer.
 */
public sealed interface ChannelMessage {

  /** From the agent, first: the process that it lives in. */
  record Hello(long pid, String version) implements ChannelMessage {}

  /** From the agent: the control endpoint listens. */
  record Listening(String address) implements ChannelMessage {}

  /** From the agent: the control endpoint does not listen, and why. The service itself may work. */
  record NotListening(String reason) implements ChannelMessage {}

  /** From the agent: it could not be set up and sends nothing more, and why. */
  record AgentFailed(String reason) implements ChannelMessage {}

  /** From the agent: the service is ready. */
  record Ready() implements ChannelMessage {}

  /** From the agent: the service is not ready, or no longer ready, and why. */
  record Unready(String reason) implements ChannelMessage {}

  /** From the agent: it is about to end the process so that the pending release starts. */
  record Reload(String deployId, String commit) implements ChannelMessage {}

  /**
   * From the agent: the process goes on with another commit's release.
   *
   * @param onProbation whether the release is not proven yet, so that the end of the process counts
   *     as its failure
   */
  record Runs(String commit, boolean onProbation) implements ChannelMessage {}

  /** From the agent: asks for what the service printed last. */
  record AskLastLines() implements ChannelMessage {}

  /**
   * From the launcher, when asked: the last lines that the service printed, oldest first, since it
   * was started or went on with another release on probation.
   */
  record LastLines(List<String> lines) implements ChannelMessage {

    /** The part of the longest line of a channel that lines may fill. */
    private static final int LONGEST = 48 * 1024;

    public LastLines {
      lines = List.copyOf(lines);
    }

    /** Returns as many of the lines as a message holds, the latest ones. */
    private String encoded() {
      int first = lines.size();
      int length = 0;
      while (first > 0) {
        length += Text.encoded(lines.get(first - 1)).length() + Text.encoded("\n").length();
        if (length > LONGEST) {
          break;
        }
        first--;
      }
      return String.join("\n", lines.subList(first, lines.size()));
    }

    private static LastLines of(String text) {
      return new LastLines(text.isEmpty() ? List.of() : List.of(text.split("\n", -1)));
    }
  }

  /** From the launcher: asks where the service's classes come from. */
  record AskClasses() implements ChannelMessage {}

  /**
   * From the agent, each time it is asked: where the service's classes come from.
   *
   * @param stale why it runs code that is not the release's, one line; empty if it does not
   * @param doubtful why it may do so after the next deploy, one line; empty if there is no sign of
   *     it
   */
  record Classes(String stale, String doubtful) implements ChannelMessage {}

  /**
   * From the launcher: the process that said hello is the service. A process that is not can become
   * the service later, when the process that was it has ended.
   */
  record Adopted() implements ChannelMessage {}

  /**
   * From the launcher: the announced reload is known.
   *
   * @param listeners the path of the socket at which it takes the service's listeners; empty if it
   *     holds none
   * @param patienceMillis the time that the service's connections have to end, if it does
   */
  record Acknowledged(String listeners, long patienceMillis) implements ChannelMessage {}

  /**
   * From the launcher: whether it would hold the service's listeners at a reload.
   *
   * @param because why it would not, one line; empty if it would
   */
  record NotHolding(String because) implements ChannelMessage {}

  /** From the launcher: the announced reload will not be carried out, and why. */
  record Declined(String reason) implements ChannelMessage {}

  /** From the launcher: it was told to stop and starts nothing more. */
  record Stopping() implements ChannelMessage {}

  /** From the launcher: the home's state has changed; read it again. */
  record StateChanged() implements ChannelMessage {}

  /** Returns the message as a line without a line end. */
  default String line() {
    if (this instanceof Hello hello) {
      return line("hello", Map.of("pid", Long.toString(hello.pid()), "version", hello.version()));
    } else if (this instanceof Listening listening) {
      return line("listening", Map.of("address", listening.address()));
    } else if (this instanceof NotListening not) {
      return line("not-listening", Map.of("reason", not.reason()));
    } else if (this instanceof AgentFailed failed) {
      return line("agent-failed", Map.of("reason", failed.reason()));
    } else if (this instanceof AskClasses) {
      return "ask-classes";
    } else if (this instanceof Classes classes) {
      return line("classes", Map.of("stale", classes.stale(), "doubtful", classes.doubtful()));
    } else if (this instanceof Ready) {
      return "ready";
    } else if (this instanceof Unready unready) {
      return line("unready", Map.of("reason", unready.reason()));
    } else if (this instanceof Reload reload) {
      return line("reload", Map.of("deploy", reload.deployId(), "commit", reload.commit()));
    } else if (this instanceof Runs runs) {
      return line(
          "runs",
          Map.of("commit", runs.commit(), "probation", Boolean.toString(runs.onProbation())));
    } else if (this instanceof AskLastLines) {
      return "ask-last-lines";
    } else if (this instanceof LastLines last) {
      return line("last-lines", Map.of("lines", last.encoded()));
    } else if (this instanceof Adopted) {
      return "adopted";
    } else if (this instanceof Acknowledged acknowledged) {
      return line(
          "acknowledged",
          Map.of(
              "listeners",
              acknowledged.listeners(),
              "patience",
              Long.toString(acknowledged.patienceMillis())));
    } else if (this instanceof NotHolding not) {
      return line("not-holding", Map.of("because", not.because()));
    } else if (this instanceof Declined declined) {
      return line("declined", Map.of("reason", declined.reason()));
    } else if (this instanceof Stopping) {
      return "stopping";
    }
    return "state";
  }

  /** Returns the message in a line; empty if it is not a known one. */
  static Optional<ChannelMessage> parse(String line) {
    String[] words = line.strip().split(" ", -1);
    Map<String, String> values = new LinkedHashMap<>();
    try {
      for (int i = 1; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        if (equals > 0) {
          values.put(words[i].substring(0, equals), Text.decoded(words[i].substring(equals + 1)));
        }
      }
      return Optional.ofNullable(
          switch (words[0]) {
            case "hello" ->
                new Hello(
                    Long.parseLong(values.getOrDefault("pid", "")),
                    values.getOrDefault("version", "unknown"));
            case "listening" -> new Listening(values.getOrDefault("address", ""));
            case "not-listening" -> new NotListening(values.getOrDefault("reason", ""));
            case "agent-failed" -> new AgentFailed(values.getOrDefault("reason", ""));
            case "ask-classes" -> new AskClasses();
            case "classes" ->
                new Classes(values.getOrDefault("stale", ""), values.getOrDefault("doubtful", ""));
            case "ready" -> new Ready();
            case "unready" -> new Unready(values.getOrDefault("reason", ""));
            case "reload" ->
                new Reload(values.getOrDefault("deploy", ""), values.getOrDefault("commit", ""));
            case "runs" ->
                new Runs(
                    values.getOrDefault("commit", ""),
                    Boolean.parseBoolean(values.get("probation")));
            case "ask-last-lines" -> new AskLastLines();
            case "last-lines" -> LastLines.of(values.getOrDefault("lines", ""));
            case "adopted" -> new Adopted();
            case "acknowledged" ->
                new Acknowledged(
                    values.getOrDefault("listeners", ""),
                    Long.parseLong(values.getOrDefault("patience", "0")));
            case "not-holding" -> new NotHolding(values.getOrDefault("because", ""));
            case "declined" -> new Declined(values.getOrDefault("reason", ""));
            case "stopping" -> new Stopping();
            case "state" -> new StateChanged();
            default -> null;
          });
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static String line(String word, Map<String, String> values) {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + Text.encoded(entry.getValue()))
        .collect(Collectors.joining(" ", word + " ", ""));
  }
}
