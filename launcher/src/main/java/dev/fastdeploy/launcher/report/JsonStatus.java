package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.comp.ArrayComposer;
import com.fasterxml.jackson.jr.ob.comp.ObjectComposer;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.OldLoadersView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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
    InstanceView.Identity identity = view.identity();
    InstanceView.Releases releases = view.releases();
    InstanceView.Deploys deploys = view.deploys();
    InstanceView.ServiceProcess process = view.process();
    json.put("instance", identity.instance())
        .put("app", identity.app())
        .put("environment", identity.environment())
        .put("epoch", identity.epoch())
        .put("identity", identity.id())
        .put("timeMs", view.nowMillis())
        .put("state", view.state())
        .put("running", releases.running())
        .put("proven", releases.proven())
        .put("image", releases.image())
        .put("pending", releases.pending());
    if (!view.elsewhere().isEmpty()) {
      json.put("controlEndpoint", view.elsewhere());
    }
    Boolean inService = process.inService();
    if (inService != null) {
      json.put("inService", inService);
    }
    putMap(json, "refused", releases.refused());
    JsonOutcome.putTexts(json, "staged", releases.staged());
    putMap(json, "digests", releases.digests());
    json.put("lastSequence", deploys.lastSequence());
    JsonOutcome.putTexts(json, "strategies", deploys.strategies());
    putMap(json, "notPrepared", deploys.notPrepared());
    json.put("deploysRefusedBecause", deploys.refusedBecause());
    JsonOutcome.putTexts(json, "heldListeners", process.heldListeners());
    if (!process.notHeldBecause().isEmpty()) {
      json.put("notHeldBecause", process.notHeldBecause());
    }
    if (!process.classArchive().isEmpty()) {
      json.put("classArchive", process.classArchive());
    }
    if (!process.noClassArchiveBecause().isEmpty()) {
      json.put("noClassArchiveBecause", process.noClassArchiveBecause());
    }
    putCode(json, process);
    json.put("pid", process.pid())
        .put("startedMs", process.startedMillis())
        .put("agentVersion", process.agentVersion())
        .put("javaVersion", process.javaVersion());
    putOutcomes(json, deploys.outcomes());
  }

  private static void putCode(ObjectComposer<?> json, InstanceView.ServiceProcess process)
      throws IOException {
    InstanceView.Classes classes = process.classes();
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
    OldLoadersView loaders = process.oldLoaders();
    if (loaders != null) {
      ObjectComposer<?> after = json.startObjectField("oldLoaders");
      JsonOutcome.put(after, loaders);
      after.end();
    }
  }

  private static void putOutcomes(ObjectComposer<?> json, List<InstanceView.PastDeploy> deploys)
      throws IOException {
    ArrayComposer<?> outcomes = json.startArrayField("outcomes");
    for (InstanceView.PastDeploy past : deploys) {
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
