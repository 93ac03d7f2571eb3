package dev.fastdeploy.benchmarks.simulation.json;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.benchmarks.simulation.Contribution;
import dev.fastdeploy.benchmarks.simulation.Paced;
import dev.fastdeploy.benchmarks.simulation.Size;
import dev.fastdeploy.benchmarks.simulation.Study;
import dev.fastdeploy.benchmarks.simulation.Variant;
import dev.fastdeploy.benchmarks.simulation.rollout.Moment;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A study as a file of JSON, for other programs. All times are milliseconds. */
public final class StudyFile {

  private StudyFile() {}

  /**
   * Writes a study.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Study study, Path file) throws IOException {
    Files.writeString(
        file, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(study(study)) + "\n");
  }

  private static Map<String, Object> study(Study study) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", study.scenario().profile().text());
    json.put("tasks", study.scenario().tasks());
    json.put("seed", study.scenario().seed());
    json.put("without", study.scenario().without().stream().sorted().map(Term::text).toList());
    json.put("restartTimes", study.scenario().restartTimes().text());
    json.put("restartTimesMeasured", measured(study));
    json.put("ecs", rollout(study.ecs()));
    json.put("fastdeploy", rollout(study.fastdeploy()));
    json.put("paced", study.paced().stream().map(StudyFile::paced).toList());
    json.put("contributions", study.contributions().stream().map(StudyFile::contribution).toList());
    json.put("attempts", study.attempts().stream().map(StudyFile::variant).toList());
    json.put("assumptions", study.assumptions().stream().map(StudyFile::variant).toList());
    json.put("sizes", study.sizes().stream().map(StudyFile::size).toList());
    return json;
  }

  private static boolean measured(Study study) {
    return switch (study.scenario().restartTimes().origin()) {
      case MEASURED -> true;
      case ASSUMED -> false;
    };
  }

  private static Map<String, Object> rollout(Rollout rollout) {
    Map<String, Object> json = summary(rollout.summary());
    json.put("course", rollout.moments().stream().map(StudyFile::moment).toList());
    return json;
  }

  /** Time, old running, old draining, new starting, new running. */
  private static List<Long> moment(Moment moment) {
    return List.of(
        moment.millis(),
        (long) moment.counts().oldRunning(),
        (long) moment.counts().oldDraining(),
        (long) moment.counts().newStarting(),
        (long) moment.counts().newRunning());
  }

  private static Map<String, Object> contribution(Contribution contribution) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("without", contribution.term().text());
    json.put("ecs", summary(contribution.ecs()));
    json.put("fastdeploy", summary(contribution.fastdeploy()));
    return json;
  }

  private static Map<String, Object> variant(Variant variant) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", variant.name());
    json.put("remark", variant.remark());
    json.put("ecs", summary(variant.ecs()));
    json.put("fastdeploy", summary(variant.fastdeploy()));
    return json;
  }

  private static Map<String, Object> paced(Paced paced) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("options", paced.pace().options());
    json.put("fastdeploy", summary(paced.fastdeploy()));
    return json;
  }

  private static Map<String, Object> size(Size size) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tasks", size.tasks());
    json.put("ecs", summary(size.ecs()));
    json.put("fastdeployAllAtOnce", summary(size.allAtOnce()));
    json.put("fastdeployRecommended", summary(size.recommended()));
    return json;
  }

  private static Map<String, Object> summary(Summary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tasks", summary.tasks());
    json.put("halfMillis", summary.half().toMillis());
    json.put("ninetyMillis", summary.ninety().toMillis());
    json.put("ninetyNineMillis", summary.ninetyNine().toMillis());
    json.put("allMillis", summary.all().toMillis());
    json.put("oldGoneMillis", summary.end().toMillis());
    json.put("fewestServing", summary.fewestServing());
    return json;
  }
}
