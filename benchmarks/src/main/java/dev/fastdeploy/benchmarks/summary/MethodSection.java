package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Machine;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.sample.Part;
import dev.fastdeploy.benchmarks.way.Bench;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The method of the measurements, and how to repeat them. */
final class MethodSection {

  private MethodSection() {}

  private static String apart(Part part) {
    Machine machine = part.machine();
    return Words.list(part.benchmarks().stream().map(Words::code).toList())
        + " were measured separately, on "
        + machine.date().truncatedTo(ChronoUnit.SECONDS)
        + " at commit "
        + Words.code(machine.commit() == null ? "unknown" : machine.commit())
        + " on "
        + machine.cpu()
        + " with "
        + Words.count(machine.cores(), "core", "cores")
        + " ("
        + String.join(", ", machine.jdks())
        + "), in "
        + Words.number(part.seconds() / 60)
        + " minutes. Repeat with: `java -jar benchmarks/target/benchmarks.jar "
        + part.form()
        + "`.";
  }

  static Section of(Measured measured) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "`process`, `module` and `redefine` are fastdeploy's strategies: a launcher runs the"
            + " service, and the deploy comes over its control endpoint. `shell` is a shell loop"
            + " that restarts the service whenever it has ended; a script points a link at the new"
            + " release and sends TERM. `devtools` is the restart by Spring Boot's DevTools,"
            + " triggered directly, of an application whose classes are in a directory: it replaces"
            + " the application's own classes and keeps the libraries loaded, whereas `module`"
            + " replaces both.");
    paragraphs.add(
        "`demo` is fastdeploy's demo service, some ten classes that need only the JDK. `spring` is"
            + " a Spring Boot service with web, actuator and some dozens of beans, laid out as"
            + " extracted jars.");
    paragraphs.add(
        "JMH runs each benchmark in a JVM of its own, which starts launcher and service as separate"
            + " processes; load generator, store and services share the machine. The service's JVM"
            + " has the flags "
            + Words.code(String.join(" ", Bench.SERVICE_FLAGS))
            + " each time; with the second one, a class loader that is only softly reachable does"
            + " not count as leaked.");
    paragraphs.add(
        "Versions: "
            + measured.results().versions().entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue())
                .collect(Collectors.joining(", "))
            + ". The "
            + measured.results().form()
            + " form of the suite took "
            + Words.number(measured.results().seconds() / 60)
            + " minutes. Repeat with: `java -jar benchmarks/target/benchmarks.jar "
            + measured.results().form()
            + "`.");
    measured.results().parts().forEach(part -> paragraphs.add(apart(part)));
    return Section.of("method", "How it was measured", new Prose(paragraphs));
  }
}
