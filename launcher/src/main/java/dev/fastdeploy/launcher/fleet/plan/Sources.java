package dev.fastdeploy.launcher.fleet.plan;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The last answers of the sources, and which sources do not answer. */
final class Sources {

  private static final class Source {
    private final Set<MemberId> listed = new HashSet<>();
    private int answered;
    private boolean known;
    private String why = "it has not answered";
  }

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private int sweep;

  Sources(List<String> names) {
    names.forEach(name -> sources.put(name, new Source()));
  }

  /**
   * Starts a new question to all sources. One that left the last question unanswered counts as
   * silent.
   */
  int sweep() {
    for (Source source : sources.values()) {
      if (source.known && source.answered != sweep) {
        source.known = false;
        source.why = "it has not answered";
      }
    }
    return ++sweep;
  }

  boolean has(String name) {
    return sources.containsKey(name);
  }

  /** Returns the members that a source lists. */
  Set<MemberId> listed(String name) {
    return source(name).listed;
  }

  /** Returns whether a source lists a member. */
  boolean isListed(MemberId id) {
    return sources.values().stream().anyMatch(source -> source.listed.contains(id));
  }

  /**
   * Forgets a member as if no source had listed it. It appears again with the next answer that
   * does.
   */
  void forget(MemberId id) {
    sources.values().forEach(source -> source.listed.remove(id));
  }

  /** Takes a source's complete list of members. */
  void told(String name, int number) {
    source(name).known = true;
    source(name).answered = Math.max(source(name).answered, number);
  }

  /** Notes that a source gave no complete list. Returns true if its last answer was complete. */
  boolean unknown(String name, String why) {
    boolean was = source(name).known;
    source(name).known = false;
    source(name).why = why;
    return was;
  }

  /** Returns whether all sources answered the last question. */
  boolean allKnown() {
    return sources.values().stream().allMatch(source -> source.known);
  }

  /** Returns whether all sources gave complete answers to a question. */
  boolean allAnswered(int number) {
    return sources.values().stream().allMatch(source -> source.known && source.answered >= number);
  }

  /** Returns which sources do not answer, and why, for a person. */
  String silent() {
    return String.join(
        ", ",
        sources.entrySet().stream()
            .filter(entry -> !entry.getValue().known)
            .map(entry -> "'" + entry.getKey() + "' (" + entry.getValue().why + ")")
            .toList());
  }

  private Source source(String name) {
    Source source = sources.get(name);
    if (source == null) {
      throw new IllegalArgumentException("'" + name + "' is not a source of the plan");
    }
    return source;
  }
}
