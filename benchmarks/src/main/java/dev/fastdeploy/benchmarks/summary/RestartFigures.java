package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.simulation.json.RestartTimesFile;
import dev.fastdeploy.benchmarks.way.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Passes the measured restart times to the simulation. */
public final class RestartFigures {

  private RestartFigures() {}

  /**
   * Writes the times of the process strategy on the Spring service without load. Nothing is written
   * if there are none.
   *
   * @return whether they were written
   */
  public static boolean write(Results results, Path file) throws IOException {
    Selection runs = new Measured(results).reloads(Way.PROCESS, ServiceKind.SPRING, false);
    List<Double> stage = runs.values(Figure.STAGE);
    List<Double> restart = runs.values(Figure.FIRST_ANSWER);
    if (stage.isEmpty() || restart.isEmpty()) {
      return false;
    }
    String source =
        "process strategy, Spring Boot "
            + results.versions().getOrDefault("Spring Boot", "")
            + ", JDK "
            + runs.samples().get(0).parameter("java")
            + ", "
            + results.machine().cores()
            + " cores, "
            + results.machine().date().toString().substring(0, 10);
    RestartTimesFile.write(file, source, stage, restart);
    return true;
  }
}
