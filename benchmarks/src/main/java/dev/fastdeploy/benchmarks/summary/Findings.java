package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sums the strategies up in three sentences that are made from the figures: how soon the new commit
 * answers, what clients lose, and what a strategy can take and costs. They are about the larger
 * service that was measured; the tables after them have everything else.
 */
final class Findings {

  private static final List<Way> STRATEGIES = List.of(Way.PROCESS, Way.MODULE, Way.REDEFINE);

  private final Measured measured;
  private final ServiceKind service;

  private Findings(Measured measured, ServiceKind service) {
    this.measured = measured;
    this.service = service;
  }

  static Section section(Measured measured) {
    List<ServiceKind> services = measured.services(BenchmarkName.RELOAD);
    List<Block> blocks = new ArrayList<>();
    if (!services.isEmpty()) {
      String text = new Findings(measured, services.get(services.size() - 1)).text();
      if (!text.isEmpty()) {
        blocks.add(Prose.of(text));
      }
    }
    return new Section("findings", "What the figures say", blocks);
  }

  private String text() {
    List<String> sentences = new ArrayList<>();
    listed(speed())
        .ifPresent(text -> sentences.add("On " + code(service.label()) + " " + text + "."));
    listed(loss())
        .ifPresent(
            text -> sentences.add("At " + measured.load() + " requests a second " + text + "."));
    Stream.of(listed(kinds()), memory())
        .flatMap(Optional::stream)
        .reduce((kinds, memory) -> kinds + ", and " + memory)
        .ifPresent(text -> sentences.add(text + "."));
    return String.join(" ", sentences);
  }

  private static Optional<String> listed(List<String> parts) {
    return parts.isEmpty() ? Optional.empty() : Optional.of(Words.list(parts));
  }

  private List<String> speed() {
    List<String> parts = new ArrayList<>();
    for (Way way : STRATEGIES) {
      median(way, false, Figure.FIRST_ANSWER)
          .map(Words::seconds)
          .ifPresent(
              time ->
                  parts.add(
                      described(way)
                          + (parts.isEmpty()
                              ? " takes " + time + " until the new commit answers"
                              : " " + time)));
    }
    return parts;
  }

  private static String described(Way way) {
    String course =
        switch (way) {
          case PROCESS -> "a restart";
          case MODULE -> "a reload in the same JVM";
          default -> "a change of methods in place";
        };
    return course + " (" + code(way.label()) + ")";
  }

  private List<String> loss() {
    List<String> parts = new ArrayList<>();
    for (Way way : STRATEGIES) {
      median(way, true, Figure.FAILED)
          .map(failed -> failed == 0 ? "none" : Words.whole(failed))
          .ifPresent(
              failed ->
                  parts.add(
                      code(way.label())
                          + (parts.isEmpty() ? " loses " + failed + " of them" : " " + failed)));
    }
    return parts;
  }

  private List<String> kinds() {
    List<String> parts = new ArrayList<>();
    for (Way way : STRATEGIES) {
      Kinds kinds = Kinds.of(measured, service, way);
      if (kinds.tried() > 0) {
        String taken = kinds.taken() + " of " + kinds.tried();
        parts.add(
            code(way.label())
                + (parts.isEmpty() ? " can take " + taken + " kinds of commit" : " " + taken));
      }
    }
    return parts;
  }

  private Optional<String> memory() {
    Optional<Double> restarted = median(Way.PROCESS, false, Figure.MEMORY);
    Optional<Double> reloaded = median(Way.MODULE, false, Figure.MEMORY);
    if (restarted.isEmpty() || reloaded.isEmpty()) {
      return Optional.empty();
    }
    double more = reloaded.get() - restarted.get();
    return Optional.of(
        "`module` leaves "
            + Words.whole(Math.abs(more))
            + " MB "
            + (more < 0 ? "less" : "more")
            + " in use than `process`");
  }

  private Optional<Double> median(Way way, boolean loaded, Figure figure) {
    return measured.reloads(way, service, loaded).median(figure);
  }

  private static String code(String name) {
    return Words.code(name);
  }
}
