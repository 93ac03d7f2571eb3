package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Text;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the figures say, in sentences that are made from them. */
final class Findings {

  private final Measured measured;
  private final ServiceKind service;

  private Findings(Measured measured, ServiceKind service) {
    this.measured = measured;
    this.service = service;
  }

  static Section section(Measured measured) {
    List<String> paragraphs = new ArrayList<>();
    for (ServiceKind service : measured.services(BenchmarkName.RELOAD)) {
      String text = new Findings(measured, service).paragraph();
      if (!text.isEmpty()) {
        paragraphs.add(text);
      }
    }
    List<Block> blocks = paragraphs.isEmpty() ? List.of() : List.of(new Text(paragraphs));
    return new Section("findings", "What the figures say", blocks);
  }

  private String paragraph() {
    List<String> sentences = new ArrayList<>();
    order().ifPresent(sentences::add);
    againstShell().ifPresent(sentences::add);
    againstRestart(Way.MODULE).ifPresent(sentences::add);
    againstRestart(Way.REDEFINE).ifPresent(sentences::add);
    load().ifPresent(sentences::add);
    kinds().ifPresent(sentences::add);
    leaks().ifPresent(sentences::add);
    restartOrHotReload().ifPresent(sentences::add);
    missing().ifPresent(sentences::add);
    return sentences.isEmpty()
        ? ""
        : "On " + Words.code(service.label()) + ": " + String.join(" ", sentences);
  }

  private Optional<Double> first(Way way) {
    return measured.reloads(way, service, false).median(Figure.FIRST_ANSWER);
  }

  private List<Way> ways() {
    return measured.ways(BenchmarkName.RELOAD, service);
  }

  private Optional<String> order() {
    List<String> times =
        ways().stream()
            .filter(way -> first(way).isPresent())
            .sorted(Comparator.comparing(way -> first(way).orElseThrow()))
            .map(way -> Words.code(way.label()) + " " + Words.millis(first(way).orElseThrow()))
            .toList();
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "from the request to the first answer of the new commit, the fastest first: "
                + Words.list(times)
                + ".");
  }

  private Optional<String> againstShell() {
    Optional<Double> process = first(Way.PROCESS);
    Optional<Double> shell = first(Way.SHELL);
    if (process.isEmpty() || shell.isEmpty()) {
      return Optional.empty();
    }
    double difference = process.get() - shell.get();
    return Optional.of(
        "A restart by `process` takes "
            + Words.millis(Math.abs(difference))
            + (difference >= 0 ? " more" : " less")
            + " than one by the shell loop, which neither verifies nor takes anything back.");
  }

  private Optional<String> againstRestart(Way way) {
    Optional<Double> restart = first(Way.PROCESS);
    Optional<Double> hot = first(way);
    if (restart.isEmpty() || hot.isEmpty()) {
      return Optional.empty();
    }
    boolean faster = hot.get() < restart.get();
    double ratio = faster ? restart.get() / hot.get() : hot.get() / restart.get();
    return Optional.of(
        Words.code(way.label())
            + ", in the same JVM, answers "
            + Words.number(ratio)
            + " times "
            + (faster ? "sooner" : "later")
            + " than `process`.");
  }

  private Optional<String> load() {
    List<String> lost =
        ways().stream()
            .filter(way -> median(way, Figure.FAILED).isPresent())
            .sorted(Comparator.comparing(way -> median(way, Figure.FAILED).orElseThrow()))
            .map(
                way ->
                    Words.code(way.label())
                        + " "
                        + Words.number(median(way, Figure.FAILED).orElseThrow())
                        + " (longest gap "
                        + Words.millis(median(way, Figure.GAP).orElse(0.0))
                        + ")")
            .toList();
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Requests that failed at "
                + measured.load()
                + " a second, the fewest first: "
                + Words.list(lost)
                + ".");
  }

  private Optional<Double> median(Way way, Figure figure) {
    return measured.reloads(way, service, true).median(figure);
  }

  private Optional<String> kinds() {
    List<String> taken = new ArrayList<>();
    for (Way way : measured.ways(BenchmarkName.COMMIT_KIND, service)) {
      Kinds kinds = Kinds.of(measured, service, way);
      taken.add(Words.code(way.label()) + " " + kinds.taken() + " of " + kinds.tried());
    }
    return taken.isEmpty()
        ? Optional.empty()
        : Optional.of("Kinds of commit that were taken: " + Words.list(taken) + ".");
  }

  private Optional<String> leaks() {
    List<String> looks = new ArrayList<>();
    for (Way way : measured.ways(BenchmarkName.SERIES, service)) {
      LastLook.of(measured, service, way)
          .ifPresent(look -> looks.add(Words.code(way.label()) + " " + words(look)));
    }
    return looks.isEmpty()
        ? Optional.empty()
        : Optional.of("At the last look in a series: " + String.join("; ", looks) + ".");
  }

  private static String words(LastLook look) {
    return Words.count(Math.round(look.oldLoaders()), "old class loader", "old class loaders")
        + " and "
        + Words.number(Math.abs(look.memoryGrowth()))
        + " MB "
        + (look.memoryGrowth() >= 0 ? "more" : "less")
        + " than before after "
        + Words.count(look.reloads(), "reload", "reloads");
  }

  private Optional<String> restartOrHotReload() {
    List<String> parts = new ArrayList<>();
    difference(false, Figure.FIRST_ANSWER)
        .ifPresent(ms -> parts.add(Words.difference(ms, "ms", "sooner", "later")));
    difference(true, Figure.FAILED)
        .ifPresent(
            failed -> parts.add(Words.difference(failed, "failed requests", "fewer", "more")));
    difference(false, Figure.PROCESSOR)
        .ifPresent(cpu -> parts.add(Words.difference(cpu, "s of processor time", "less", "more")));
    difference(false, Figure.MEMORY)
        .ifPresent(mb -> parts.add(Words.difference(mb, "MB of memory after it", "less", "more")));
    return parts.size() < 2
        ? Optional.empty()
        : Optional.of(
            "So a hot reload by `module` in place of a restart by `process` means: "
                + Words.list(parts)
                + ".");
  }

  /** By how much a reload by module exceeds one by process. */
  private Optional<Double> difference(boolean loaded, Figure figure) {
    Optional<Double> restart = measured.reloads(Way.PROCESS, service, loaded).median(figure);
    Optional<Double> hot = measured.reloads(Way.MODULE, service, loaded).median(figure);
    return restart.isEmpty() || hot.isEmpty()
        ? Optional.empty()
        : Optional.of(hot.get() - restart.get());
  }

  private Optional<String> missing() {
    List<String> missing =
        ways().stream()
            .filter(way -> first(way).isEmpty())
            .map(
                way ->
                    Words.code(way.label())
                        + " ("
                        + measured.reloads(way, service, false).obstacle()
                        + ")")
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("There is no time of " + Words.list(missing) + ".");
  }
}
