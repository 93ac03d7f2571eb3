package dev.fastdeploy.benchmarks.sample;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file to which a benchmark adds a line for each invocation: JMH itself keeps one figure, and
 * in single-shot mode drops or sums up all others.
 *
 * @param file where it lies
 */
public record SampleLog(Path file) {

  /** Names the file to a benchmark's JVM. Without it each line goes to standard output. */
  public static final String PROPERTY = "fastdeploy.benchmarks.samples";

  /** Writes a sample down, where the system property says. */
  public static void record(Sample sample) throws IOException {
    String file = System.getProperty(PROPERTY);
    String line = SampleJson.line(sample);
    if (file == null) {
      System.out.println("sample: " + line);
    } else {
      Files.writeString(
          Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  /**
   * Returns all samples, or none if there is no file.
   *
   * @throws IOException if a line is not a sample
   */
  public List<Sample> read() throws IOException {
    List<Sample> samples = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        samples.add(SampleJson.read(JSON.std.mapFrom(line)));
      }
    }
    return samples;
  }
}
