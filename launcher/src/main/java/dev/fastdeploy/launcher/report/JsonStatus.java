package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.comp.ArrayComposer;
import com.fasterxml.jackson.jr.ob.comp.ObjectComposer;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.OldLoadersView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Prints one JSON object per instance, each on its own line, for programs. Used by one thread. */
public final class JsonStatus implements StatusReport {

  private final CleanWriter out;

  /**
   * @param out takes the lines; flushed after each
   */
  public JsonStatus(CleanWriter out) {
    this.out = out;
  }

  @Override
  public void show(InstanceView view) {
    try {
      var text = JSON.std.composeString();
      ObjectComposer<?> json = text.startObject();
      json.put("target", view.target());
      String error = view.error();
      if (error != null) {
        json.put("error", error);
      } else {
        put(json, view);
      }
      json.end();
      out.println(JsonOutcome.escaped(text.finish()));
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON in memory cannot be written", impossible);
    }
  }

  private static void put(ObjectComposer<?> json, InstanceView view) throws IOException {
    json.put("instance", view.instance())
        .put("app", view.app())
        .put("environment", view.environment())
        .put("epoch", view.epoch())
        .put("identity", view.identity())
        .put("timeMs", view.nowMillis())
        .put("state", view.state())
        .put("running", view.running())
        .put("proven", view.proven())
        .put("image", view.image())
        .put("pending", view.pending());
    if (view.inService() != null) {
      json.put("inService", view.inService());
    }
    putMap(json, "refused", view.refused());
    JsonOutcome.putTexts(json, "staged", view.staged());
    putMap(json, "digests", view.digests());
    json.put("lastSequence", view.lastSequence());
    JsonOutcome.putTexts(json, "strategies", view.strategies());
    putMap(json, "notPrepared", view.notPrepared());
    json.put("deploysRefusedBecause", view.deploysRefusedBecause());
    InstanceView.Classes classes = view.classes();
    if (classes != null) {
      ObjectComposer<?> origin = json.startObjectField("classes");
      origin
          .put("fromRelease", classes.fromRelease())
          .put("fromElsewhere", classes.fromElsewhere())
          .put("mainClassLocation", classes.mainClassLocation())
          .put("doubtful", classes.doubtful());
      JsonOutcome.putTexts(origin, "outside", classes.outside());
      origin.end();
    }
    OldLoadersView loaders = view.oldLoaders();
    if (loaders != null) {
      ObjectComposer<?> after = json.startObjectField("oldLoaders");
      JsonOutcome.put(after, loaders);
      after.end();
    }
    json.put("pid", view.pid())
        .put("startedMs", view.startedMillis())
        .put("agentVersion", view.agentVersion())
        .put("javaVersion", view.javaVersion());
    ArrayComposer<?> outcomes = json.startArrayField("outcomes");
    for (InstanceView.PastDeploy past : view.outcomes()) {
      ObjectComposer<?> outcome = outcomes.startObject();
      outcome
          .put("deploy", past.deploy())
          .put("commit", past.commit())
          .put("from", past.outcome().from())
          .put("result", past.result());
      JsonOutcome.putDetails(outcome, past.outcome());
      outcome.end();
    }
    outcomes.end();
  }

  private static void putMap(ObjectComposer<?> json, String name, Map<String, String> map)
      throws IOException {
    ObjectComposer<?> field = json.startObjectField(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      field.put(entry.getKey(), entry.getValue());
    }
    field.end();
  }
}
