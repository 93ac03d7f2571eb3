package dev.fastdeploy.benchmarks.sample;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.benchmarks.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results as a JSON file, one sample a line, so that two runs can be compared by their lines. */
public final class ResultsFile {

  private static final int FORMAT = 1;

  private ResultsFile() {}

  /** Writes results; a file that is there is replaced, and is never half. */
  public static void write(Results results, Path file) throws IOException {
    StringBuilder text = new StringBuilder("{\n");
    field(text, "format", FORMAT).append(",\n");
    field(text, "form", results.form()).append(",\n");
    field(text, "complete", results.complete()).append(",\n");
    field(text, "seconds", results.seconds()).append(",\n");
    field(text, "machine", machine(results.machine())).append(",\n");
    field(text, "versions", results.versions()).append(",\n");
    if (!results.parts().isEmpty()) {
      lines(text, "parts", results.parts().stream().map(ResultsFile::part).toList()).append(",\n");
    }
    lines(text, "failures", results.failures().stream().map(ResultsFile::failure).toList())
        .append(",\n");
    lines(text, "samples", results.samples().stream().map(SampleJson::write).toList());
    text.append("\n}\n");
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static StringBuilder field(StringBuilder text, String name, Object value)
      throws IOException {
    return text.append("\"").append(name).append("\": ").append(JSON.std.asString(value));
  }

  private static StringBuilder lines(StringBuilder text, String name, List<?> values)
      throws IOException {
    text.append("\"").append(name).append("\": [");
    String before = "\n";
    for (Object value : values) {
      text.append(before).append(JSON.std.asString(value));
      before = ",\n";
    }
    return text.append("]");
  }

  private static Map<String, Object> machine(Machine machine) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("cores", machine.cores());
    object.put("memoryBytes", machine.memoryBytes());
    object.put("cpu", machine.cpu());
    object.put("kernel", machine.kernel());
    object.put("os", machine.os());
    object.put("jdks", machine.jdks());
    object.put("date", machine.date().toString());
    object.put("commit", machine.commit() == null ? "" : machine.commit());
    object.put("loadAverage", machine.loadAverage());
    return object;
  }

  private static Map<String, Object> part(Part part) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("form", part.form());
    object.put("benchmarks", part.benchmarks());
    object.put("seconds", part.seconds());
    object.put("machine", machine(part.machine()));
    return object;
  }

  private static Map<String, Object> failure(RunFailure failure) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run", failure.run());
    object.put("reason", failure.reason());
    return object;
  }

  /**
   * Reads results.
   *
   * @throws IOException if the file cannot be read or holds none, with a message for the user
   */
  public static Results read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("'" + file + "' is not a file; give the results.json of a run");
    }
    try {
      return results(JSON.std.mapFrom(Files.readString(file)));
    } catch (IOException | ClassCastException | NullPointerException | DateTimeParseException e) {
      throw new IOException("'" + file + "' holds no results: " + firstLine(e), e);
    } catch (IllegalArgumentException unknown) {
      throw new IOException("'" + file + "' holds no results: " + firstLine(unknown), unknown);
    }
  }

  private static String firstLine(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message.split("\\R", 2)[0];
  }

  private static Results results(Map<?, ?> object) throws IOException {
    if (!(object.get("format") instanceof Number format) || format.intValue() != FORMAT) {
      throw new IOException("its format is not " + FORMAT);
    }
    TreeMap<String, String> versions = new TreeMap<>();
    map(object, "versions").forEach((name, version) -> versions.put(text(name), text(version)));
    List<Sample> samples = new ArrayList<>();
    for (Object one : list(object, "samples")) {
      samples.add(SampleJson.read((Map<?, ?>) one));
    }
    List<RunFailure> failures = new ArrayList<>();
    for (Object one : list(object, "failures")) {
      Map<?, ?> failure = (Map<?, ?>) one;
      failures.add(new RunFailure(text(failure.get("run")), text(failure.get("reason"))));
    }
    return new Results(
        text(object.get("form")),
        machine(map(object, "machine")),
        versions,
        number(object.get("seconds")).doubleValue(),
        Boolean.TRUE.equals(object.get("complete")),
        samples,
        failures,
        parts(object));
  }

  /** Files without parts, as most are, do not name them. */
  private static List<Part> parts(Map<?, ?> object) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Object one : object.containsKey("parts") ? list(object, "parts") : List.of()) {
      Map<?, ?> part = (Map<?, ?>) one;
      List<String> names = new ArrayList<>();
      for (Object name : list(part, "benchmarks")) {
        names.add(text(name));
      }
      parts.add(
          new Part(
              text(part.get("form")),
              names,
              machine(map(part, "machine")),
              number(part.get("seconds")).doubleValue()));
    }
    return parts;
  }

  private static Machine machine(Map<?, ?> object) throws IOException {
    String commit = text(object.get("commit"));
    List<String> jdks = new ArrayList<>();
    for (Object jdk : list(object, "jdks")) {
      jdks.add(text(jdk));
    }
    return new Machine(
        number(object.get("cores")).intValue(),
        number(object.get("memoryBytes")).longValue(),
        text(object.get("cpu")),
        text(object.get("kernel")),
        text(object.get("os")),
        jdks,
        Instant.parse(text(object.get("date"))),
        commit.isEmpty() ? null : commit,
        number(object.get("loadAverage")).doubleValue());
  }

  private static Map<?, ?> map(Map<?, ?> object, String name) throws IOException {
    if (object.get(name) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IOException("it has no object '" + name + "'");
  }

  private static List<?> list(Map<?, ?> object, String name) throws IOException {
    if (object.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IOException("it has no list '" + name + "'");
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("'" + value + "' is not a text");
  }

  private static Number number(@org.jspecify.annotations.Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("'" + value + "' is not a number");
  }
}
