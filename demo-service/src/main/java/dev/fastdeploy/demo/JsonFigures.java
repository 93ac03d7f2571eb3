package dev.fastdeploy.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.comp.ArrayComposer;
import com.fasterxml.jackson.jr.ob.comp.ObjectComposer;
import dev.fastdeploy.demo.traffic.Judgement;
import java.io.IOException;
import java.util.Map;

/** Writes the figures for programs: one JSON object; times in milliseconds. */
final class JsonFigures {

  private JsonFigures() {}

  static String of(Figures figures) throws IOException {
    var text = JSON.std.composeString();
    ObjectComposer<?> json = text.startObject();
    json.put("ok", figures.problems().isEmpty())
        .put("javaVersion", figures.jdk().feature())
        .put("requestsPerSecond", figures.perSecond());
    ArrayComposer<?> steps = json.startArrayField("steps");
    for (StepFigures step : figures.steps()) {
      put(steps.startObject(), step);
    }
    steps.end();
    put(json.startObjectField("totals"), figures.totals());
    ArrayComposer<?> exitCodes = json.startArrayField("launcherExitCodes");
    for (int exitCode : figures.teardown().exitCodes()) {
      exitCodes.add(exitCode);
    }
    exitCodes.end();
    json.put("processesLeft", figures.teardown().processesLeft())
        .put("directoryLeft", figures.teardown().directoryLeft());
    ArrayComposer<?> problems = json.startArrayField("problems");
    for (String problem : figures.problems()) {
      problems.add(problem);
    }
    problems.end();
    json.end();
    return text.finish();
  }

  private static void put(ObjectComposer<?> json, StepFigures figures) throws IOException {
    Step step = figures.step();
    json.put("name", step.name())
        .put("commit", step.commit())
        .put("expected", step.expected().ending())
        .put("ending", step.deploy().ending())
        .put("reason", step.deploy().reason())
        .put("exitCode", step.result().exitCode())
        .put("commandMillis", step.result().endMillis() - step.result().startMillis());
    ArrayComposer<?> instances = json.startArrayField("instances");
    for (InstanceFigures instance : figures.instances()) {
      put(instances.startObject(), instance);
    }
    instances.end();
    json.end();
  }

  private static void put(ObjectComposer<?> json, InstanceFigures figures) throws IOException {
    json.put("instance", figures.instance())
        .put("before", figures.before())
        .put("after", figures.after())
        .put("asked", figures.asked())
        .put("stayed", figures.stayed());
    Outcome outcome = figures.outcome();
    if (outcome != null) {
      json.put("result", outcome.result()).put("reason", outcome.reason());
      Integer exitCode = outcome.exitCode();
      if (exitCode != null) {
        json.put("releaseExitCode", exitCode.intValue());
      }
      ObjectComposer<?> phases = json.startObjectField("phasesMillis");
      for (Map.Entry<String, Long> phase : outcome.sinceAccepted().entrySet()) {
        phases.put(phase.getKey(), phase.getValue().longValue());
      }
      phases.end();
    }
    if (figures.firstAnswerMillis().isPresent()) {
      json.put("firstAnswerMillis", figures.firstAnswerMillis().getAsLong());
    }
    json.put("gapMillis", figures.gapMillis());
    put(json.startObjectField("requests"), figures.requests());
    json.end();
  }

  private static void put(ObjectComposer<?> json, Judgement requests) throws IOException {
    json.put("served", requests.served())
        .put("refused", requests.refused())
        .put("resetUnread", requests.resetUnread())
        .put("failed", requests.failed());
    json.end();
  }
}
