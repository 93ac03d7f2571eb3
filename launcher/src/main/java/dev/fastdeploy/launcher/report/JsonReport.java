package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.comp.ObjectComposer;
import dev.fastdeploy.launcher.fleet.FleetEvent;
import dev.fastdeploy.launcher.fleet.FleetListener;
import dev.fastdeploy.launcher.fleet.FleetSummary;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints one JSON object per event, each on its own line, for programs. Used by one thread. */
public final class JsonReport implements FleetListener {

  private final CleanWriter out;

  /**
   * @param out takes the lines; flushed after each
   */
  public JsonReport(CleanWriter out) {
    this.out = out;
  }

  @Override
  public void on(FleetEvent event) {
    if (event instanceof FleetEvent.Accepted accepted) {
      line(
          "accepted",
          accepted.at(),
          json -> json.put("running", accepted.running()).put("strategy", accepted.strategy()));
    } else if (event instanceof FleetEvent.Staging staging) {
      line(
          "staging",
          staging.at(),
          json ->
              json.put("bytesDone", staging.bytesDone()).put("bytesTotal", staging.bytesTotal()));
    } else if (event instanceof FleetEvent.Staged staged) {
      line(
          "staged",
          staged.at(),
          json -> {
            json.put("alreadyThere", staged.alreadyThere());
            JsonOutcome.putDigest(json, staged.sha256());
          });
    } else if (event instanceof FleetEvent.PreDraining before) {
      line("preDraining", before.at(), json -> json.put("untilMs", before.untilMillis()));
    } else if (event instanceof FleetEvent.Activated activated) {
      line("activated", activated.at(), json -> json.put("from", activated.from()));
    } else if (event instanceof FleetEvent.Draining draining) {
      line("draining", draining.at(), json -> json.put("deadlineMs", draining.deadlineMillis()));
    } else if (event instanceof FleetEvent.Chosen chosen) {
      line(
          "chosen",
          chosen.at(),
          json -> json.put("strategy", chosen.strategy()).put("because", chosen.because()));
    } else if (event instanceof FleetEvent.Noted noted) {
      line("noted", noted.at(), json -> json.put("line", noted.line()));
    } else if (event instanceof FleetEvent.Loaders after) {
      line("loaders", after.at(), json -> JsonOutcome.put(json, after.loaders()));
    } else if (event instanceof FleetEvent.Reloading reloading) {
      line("reloading", reloading.at(), json -> json.put("strategy", reloading.strategy()));
    } else if (event instanceof FleetEvent.Reconnecting reconnecting) {
      line("reconnecting", reconnecting.at(), json -> json.put("reason", reconnecting.reason()));
    } else if (event instanceof FleetEvent.Ended ended) {
      line("outcome", ended.at(), json -> JsonOutcome.put(json, ended.outcome()));
    } else if (event instanceof FleetEvent.Finished finished) {
      summary(finished.summary());
    } else if (event instanceof FleetEvent.Interrupted interrupted) {
      interrupted(interrupted);
    }
  }

  private interface Fields {
    void put(ObjectComposer<?> json) throws IOException;
  }

  private void line(String event, FleetEvent.At at, Fields fields) {
    print(
        json -> {
          json.put("event", event)
              .put("target", at.target().name())
              .put("deploy", at.deploy().id())
              .put("commit", at.commit())
              .put("time", at.timeMillis());
          fields.put(json);
        });
  }

  private void summary(FleetSummary summary) {
    print(
        json ->
            json.put("event", "summary")
                .put("deploy", summary.deploy().id())
                .put("commit", summary.commit())
                .put("proven", summary.proven())
                .put("failed", summary.failed())
                .put("untouched", summary.untouched())
                .put("exitCode", summary.exitCode()));
  }

  private void interrupted(FleetEvent.Interrupted interrupted) {
    print(
        json -> {
          json.put("event", "interrupted").put("deploy", interrupted.deploy().id());
          JsonOutcome.putTexts(json, "done", JsonOutcome.names(interrupted.done()));
          JsonOutcome.putTexts(json, "underWay", JsonOutcome.names(interrupted.underWay()));
          JsonOutcome.putTexts(json, "untouched", JsonOutcome.names(interrupted.untouched()));
        });
  }

  private void print(Fields fields) {
    try {
      var text = JSON.std.composeString();
      ObjectComposer<?> object = text.startObject();
      fields.put(object);
      object.end();
      out.println(JsonOutcome.escaped(text.finish()));
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON in memory cannot be written", impossible);
    }
  }
}
