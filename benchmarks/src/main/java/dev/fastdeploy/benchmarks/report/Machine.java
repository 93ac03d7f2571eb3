package dev.fastdeploy.benchmarks.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and when something was measured.
 *
 * @param cores processors that the JVM may use
 * @param memoryBytes memory that the JVM may use
 * @param cpu the processor's name; {@code unknown} if the system does not tell
 * @param kernel name and version
 * @param os the distribution's name; {@code unknown} if the system does not tell
 * @param jdks the JDKs in use, each with vendor and version; the first is the one that measured
 * @param date when this was read
 * @param commit the commit of the measured source, with {@code -dirty} if files differ from it;
 *     null if not known
 * @param loadAverage over the last minute, when this was read; negative if not known
 */
public record Machine(
    int cores,
    long memoryBytes,
    String cpu,
    String kernel,
    String os,
    List<String> jdks,
    Instant date,
    @Nullable String commit,
    double loadAverage) {

  /**
   * @throws IllegalArgumentException if there is no processor, no memory or no JDK
   */
  public Machine {
    if (cores < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException(
          "a machine of " + cores + " cores and " + memoryBytes + " bytes of memory");
    }
    jdks = List.copyOf(jdks);
    Checks.filled("JDKs of a machine", jdks);
  }
}
