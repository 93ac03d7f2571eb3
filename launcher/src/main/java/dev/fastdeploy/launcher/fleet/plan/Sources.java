package dev.fastdeploy.launcher.fleet.plan;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the sources said last, and which of them do not tell. */
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

  /** Begins a new question to all. A source that left the last one unanswered does not tell. */
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

  /** Members that a source lists. */
  Set<MemberId> listed(String name) {
    return source(name).listed;
  }

  /** Whether a source lists a member. */
  boolean isListed(MemberId id) {
    return sources.values().stream().anyMatch(source -> source.listed.contains(id));
  }

  /** As if no source had listed a member: it appears with the next answer that does. */
  void forget(MemberId id) {
    sources.values().forEach(source -> source.listed.remove(id));
  }

  /** A source told of all its members. */
  void told(String name, int number) {
    source(name).known = true;
    source(name).answered = Math.max(source(name).answered, number);
  }

  /** A source did not tell of all; true if it did before. */
  boolean unknown(String name, String why) {
    boolean was = source(name).known;
    source(name).known = false;
    source(name).why = why;
    return was;
  }

  /** Whether all told when they were asked last. */
  boolean allKnown() {
    return sources.values().stream().allMatch(source -> source.known);
  }

  /** Whether all told of all in answer to a question. */
  boolean allAnswered(int number) {
    return sources.values().stream().allMatch(source -> source.known && source.answered >= number);
  }

  /** Who does not tell, and why, for a person. */
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
      throw new IllegalArgumentException("'" + name + "' is no source of the plan");
    }
    return source;
  }
}
