package dev.fastdeploy.benchmarks.simulation.rollout;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import java.time.Duration;

/**
 * The times that one instance of the application takes to change its code. Both ways of bringing
 * out a commit start the application with the same times.
 *
 * @param origin whether this was measured
 * @param source where the figures come from, in one line
 * @param stage from the order to the release being laid out on disk
 * @param restart from the end of the old code, with no work in flight, to the first answer of the
 *     new
 */
public record RestartTimes(Origin origin, String source, Distribution stage, Distribution restart) {

  /** The origin of the figures, and so how far they can be trusted. */
  public enum Origin {
    /** Measured by this suite, on the machine that the source names. */
    MEASURED,
    /** Taken from elsewhere: it sets an order of magnitude and no more. */
    ASSUMED
  }

  /**
   * For want of measurements: a preliminary probe of Spring Boot 4.1 with webmvc and actuator on
   * JDK 17 and 2 cores, extracted jars, 4,079 ms from exec to the first answer, and 330 ms for the
   * exit before it, of a JVM with a thread in native code. No probe timed a stage: 620 ms for an S3
   * client and its first GET, and the rest for some tens of megabytes.
   */
  public static final RestartTimes PRELIMINARY =
      new RestartTimes(
          Origin.ASSUMED,
          "preliminary probe of Spring Boot 4.1 on JDK 17, 2 cores: exit 330 ms, start 4,079 ms;"
              + " the stage is an estimate",
          new Distribution.Uniform(Duration.ofSeconds(1), Duration.ofSeconds(3)),
          new Distribution.Constant(Duration.ofMillis(4409)));

  /**
   * @throws IllegalArgumentException if the source is empty or more than a line
   */
  public RestartTimes {
    if (source.isBlank() || source.contains("\n")) {
      throw new IllegalArgumentException("source '" + source + "' is not one line of text");
    }
  }

  /** In one line that never lets an assumption pass for a measurement. */
  public String text() {
    String figures = "stage " + stage.text() + "; restart " + restart.text();
    return origin == Origin.MEASURED
        ? "measured (" + source + "): " + figures
        : "not measured by this suite (" + source + "): " + figures;
  }
}
