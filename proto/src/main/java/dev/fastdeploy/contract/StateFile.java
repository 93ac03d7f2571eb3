package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The text form of {@link HomeState}: properties as {@link Properties#load} reads them, so that an
 * operator can look at them, sorted, so that two states can be compared. The first line is a {@link
 * ChecksumLine}: a truncated state, or one with a flipped bit, must not start another release.
 */
final class StateFile {

  private static final String VERSION = "1";
  private static final String PROVEN = "proven.";
  private static final String REFUSED = "refused.";
  private static final String OUTCOME = "outcome.";
  private static final String DIGEST = "digest.";
  private static final String FENCE = "fence.";
  private static final String UNFOLLOWED = "unfollowed";

  private StateFile() {}

  static byte[] write(HomeState state) {
    Map<String, String> lines = new TreeMap<>();
    lines.put("version", VERSION);
    lines.put("sequence", Long.toString(state.lastSequence()));
    putCommit(lines, "image", state.image());
    for (int i = 0; i < state.proven().size(); i++) {
      putCommit(lines, PROVEN + index(i), state.proven().get(i));
    }
    state.refused().forEach((commit, reason) -> lines.put(REFUSED + commit, reason));
    state.digests().forEach((commit, digest) -> lines.put(DIGEST + commit, digest));
    Fence fence = state.fence();
    if (fence != null) {
      lines.put(FENCE + "app", fence.app());
      lines.put(FENCE + "environment", fence.environment().name());
      lines.put(FENCE + "epoch", Long.toString(fence.epoch()));
      lines.put(FENCE + "sequence", Long.toString(fence.sequence()));
    }
    String unfollowed = state.unfollowed();
    if (unfollowed != null) {
      lines.put(UNFOLLOWED, unfollowed);
    }
    PendingActivation pending = state.pending();
    if (pending != null) {
      lines.put("pending.id", pending.id().id());
      lines.put("pending.sequence", Long.toString(pending.sequence()));
      putCommit(lines, "pending.from", pending.from());
      putCommit(lines, "pending.to", pending.to());
      lines.put("pending.strategy", pending.strategy());
      lines.put("pending.rollback", Boolean.toString(pending.rollback()));
      putPhases(lines, "pending.", pending.phases());
    }
    for (int i = 0; i < state.outcomes().size(); i++) {
      putOutcome(lines, OUTCOME + index(i) + ".", state.outcomes().get(i));
    }
    StringBuilder text = new StringBuilder();
    lines.forEach((key, value) -> text.append(key).append('=').append(escaped(value)).append('\n'));
    return ChecksumLine.before(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IOException if the text is not a state, with a message that names the first fault
   */
  static HomeState read(byte[] bytes) throws IOException {
    ChecksumLine.check(bytes);
    try {
      Properties lines = new Properties();
      lines.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
      String version = lines.getProperty("version", "none");
      if (!version.equals(VERSION)) {
        throw new IOException("its version is '" + version + "', not " + VERSION);
      }
      List<Commit> proven = new ArrayList<>();
      for (int i = 0; lines.getProperty(PROVEN + index(i)) != null; i++) {
        proven.add(new Commit(required(lines, PROVEN + index(i))));
      }
      Map<Commit, String> refused = ofCommits(lines, REFUSED);
      List<DeployOutcome> outcomes = new ArrayList<>();
      for (int i = 0; lines.getProperty(OUTCOME + index(i) + ".id") != null; i++) {
        outcomes.add(outcome(lines, OUTCOME + index(i) + "."));
      }
      return new HomeState(
          commit(lines, "image"),
          proven,
          lines.getProperty("pending.id") == null ? null : pending(lines),
          refused,
          outcomes,
          Long.parseLong(required(lines, "sequence")),
          ofCommits(lines, DIGEST),
          lines.getProperty(FENCE + "epoch") == null ? null : fence(lines),
          lines.getProperty(UNFOLLOWED));
    } catch (IllegalArgumentException malformed) {
      throw new IOException(Diagnostics.reason(malformed), malformed);
    }
  }

  private static Map<Commit, String> ofCommits(Properties lines, String prefix) throws IOException {
    Map<Commit, String> values = new TreeMap<>();
    for (String key : lines.stringPropertyNames()) {
      if (key.startsWith(prefix)) {
        values.put(new Commit(key.substring(prefix.length())), required(lines, key));
      }
    }
    return values;
  }

  private static Fence fence(Properties lines) throws IOException {
    return new Fence(
        required(lines, FENCE + "app"),
        new EnvironmentName(required(lines, FENCE + "environment")),
        Long.parseLong(required(lines, FENCE + "epoch")),
        Long.parseLong(required(lines, FENCE + "sequence")));
  }

  private static PendingActivation pending(Properties lines) throws IOException {
    return new PendingActivation(
        new DeployId(required(lines, "pending.id")),
        Long.parseLong(required(lines, "pending.sequence")),
        commit(lines, "pending.from"),
        new Commit(required(lines, "pending.to")),
        required(lines, "pending.strategy"),
        Boolean.parseBoolean(required(lines, "pending.rollback")),
        phases(lines, "pending."));
  }

  private static void putOutcome(Map<String, String> lines, String prefix, DeployOutcome outcome) {
    lines.put(prefix + "id", outcome.id().id());
    lines.put(prefix + "sequence", Long.toString(outcome.sequence()));
    putCommit(lines, prefix + "commit", outcome.commit());
    putCommit(lines, prefix + "from", outcome.from());
    lines.put(prefix + "result", outcome.result().name());
    lines.put(prefix + "reason", outcome.reason());
    Integer exitCode = outcome.exitCode();
    if (exitCode != null) {
      lines.put(prefix + "exit", exitCode.toString());
    }
    for (int i = 0; i < outcome.lastLines().size(); i++) {
      lines.put(prefix + "line." + index(i), outcome.lastLines().get(i));
    }
    putPhases(lines, prefix, outcome.phases());
  }

  private static DeployOutcome outcome(Properties lines, String prefix) throws IOException {
    List<String> lastLines = new ArrayList<>();
    for (int i = 0; lines.getProperty(prefix + "line." + index(i)) != null; i++) {
      lastLines.add(required(lines, prefix + "line." + index(i)));
    }
    String exit = lines.getProperty(prefix + "exit");
    return new DeployOutcome(
        new DeployId(required(lines, prefix + "id")),
        Long.parseLong(required(lines, prefix + "sequence")),
        new Commit(required(lines, prefix + "commit")),
        commit(lines, prefix + "from"),
        DeployResult.valueOf(required(lines, prefix + "result")),
        required(lines, prefix + "reason"),
        exit == null ? null : Integer.valueOf(exit),
        lastLines,
        phases(lines, prefix));
  }

  private static void putPhases(Map<String, String> lines, String prefix, Map<Phase, Long> phases) {
    phases.forEach((phase, time) -> lines.put(prefix + "phase." + phase.label(), time.toString()));
  }

  private static Map<Phase, Long> phases(Properties lines, String prefix) {
    Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      String time = lines.getProperty(prefix + "phase." + phase.label());
      if (time != null) {
        phases.put(phase, Long.valueOf(time));
      }
    }
    return phases;
  }

  private static void putCommit(Map<String, String> lines, String key, @Nullable Commit commit) {
    if (commit != null) {
      lines.put(key, commit.id());
    }
  }

  private static @Nullable Commit commit(Properties lines, String key) {
    String id = lines.getProperty(key);
    return id == null ? null : new Commit(id);
  }

  private static String required(Properties lines, String key) throws IOException {
    String value = lines.getProperty(key);
    if (value == null) {
      throw new IOException("it lacks '" + key + "'");
    }
    return value;
  }

  /** Returns three digits, so that the sorted text keeps the order of lists. */
  private static String index(int i) {
    String digits = Integer.toString(i);
    return "000".substring(Math.min(3, digits.length())) + digits;
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case ' ' -> escaped.append(i == 0 ? "\\ " : " ");
        case '\f' -> escaped.append("\\f");
        default -> {
          // An unpaired surrogate has no bytes in UTF-8.
          if (Character.isSurrogate(c) && !isPaired(value, i)) {
            escaped.append("\\u").append(Integer.toHexString(c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  private static boolean isPaired(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }
}
