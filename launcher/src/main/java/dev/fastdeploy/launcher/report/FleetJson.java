package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.comp.ObjectComposer;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints the deploy of a fleet as one JSON object per line, for programs; docs/fleet.md lists them.
 * Each has {@code version}, {@code event} and {@code time}, in milliseconds since 1970.
 */
public final class FleetJson implements FleetReport {

  /**
   * The version, raised when a field changes its meaning or is removed, but not for new events and
   * fields.
   */
  public static final int VERSION = 1;

  /** Takes events, one by one. */
  interface Taker {

    /**
     * Takes an event.
     *
     * @param event its name
     * @param json the whole event, in one line
     */
    void take(String event, String json);
  }

  private final Taker taker;
  private final Clock clock;

  /**
   * @param out takes the lines; flushed after each
   */
  public FleetJson(CleanWriter out, Clock clock) {
    this(
        (event, json) -> {
          out.println(json);
          out.flush();
        },
        clock);
  }

  FleetJson(Taker taker, Clock clock) {
    this.taker = taker;
    this.clock = clock;
  }

  @Override
  public void begun(int epoch, int resumes, Plan plan) {
    print(
        "begun",
        json -> {
          json.put("deploy", plan.deploy().id())
              .put("app", plan.app())
              .put("env", plan.environment())
              .put("commit", plan.commit().id())
              .put("epoch", epoch)
              .put("resumes", resumes)
              .put("rollback", plan.goBack())
              .put("movesStable", plan.movesStable());
          Commit stable = plan.stable();
          if (stable != null) {
            json.put("stable", stable.id());
          }
          JsonOutcome.putTexts(json, "sources", plan.sources());
        });
  }

  @Override
  public void said(Event event) {
    if (event instanceof Event.Entered entered) {
      print("phase", json -> json.put("phase", entered.phase()));
    } else if (event instanceof Event.Found found) {
      found(found);
    } else if (event instanceof Event.Joined joined) {
      print(
          "joined",
          json ->
              json.put("member", joined.member().id().value())
                  .put("address", joined.member().address())
                  .put("zone", joined.member().zone()));
    } else if (event instanceof Event.NewImage newer) {
      print(
          "newImage",
          json -> json.put("member", newer.member().value()).put("image", newer.image().id()));
    } else if (event instanceof Event.Vanished vanished) {
      print("vanished", json -> json.put("member", vanished.member().value()));
    } else if (event instanceof Event.Returned returned) {
      print(
          "returned",
          json -> json.put("member", returned.member().value()).put("address", returned.address()));
    } else if (event instanceof Event.SameMember same) {
      print(
          "sameMember",
          json -> json.put("member", same.member().value()).put("other", same.other().value()));
    } else if (event instanceof Event.Begun begun) {
      print(
          "asked",
          json -> json.put("member", begun.member().value()).put("commit", begun.commit().id()));
    } else if (event instanceof Event.Went went) {
      print(
          "step", json -> json.put("member", went.member().value()).put("step", name(went.step())));
    } else if (event instanceof Event.Proven proven) {
      print(
          "proven",
          json -> json.put("member", proven.member().value()).put("commit", proven.commit().id()));
    } else if (event instanceof Event.Failed failed) {
      failed(failed);
    } else {
      ofTheFleet(event);
    }
  }

  private void found(Event.Found found) {
    print(
        "found",
        json -> {
          json.put("member", found.member().value())
              .put("address", found.address())
              .put("zone", found.zone());
          Commit running = found.running();
          if (running != null) {
            json.put("running", running.id());
          }
          json.put("proven", found.proven()).put("inService", found.inService());
        });
  }

  private void failed(Event.Failed failed) {
    print(
        "failed",
        json -> {
          json.put("member", failed.member().value())
              .put("cause", name(failed.cause()))
              .put("reason", failed.reason())
              .put("again", failed.again());
          JsonOutcome.putTexts(json, "lastLines", failed.lastLines());
        });
  }

  private void ofTheFleet(Event event) {
    if (event instanceof Event.SourceUnknown unknown) {
      print(
          "sourceUnknown",
          json -> json.put("source", unknown.source()).put("reason", unknown.why()));
    } else if (event instanceof Event.Recording recording) {
      print(
          recording.works() ? "recordWritten" : "recordFails",
          json -> json.put("reason", recording.why()));
    } else if (event instanceof Event.Paused paused) {
      print(
          paused.paused() ? "paused" : "resumed",
          json -> json.put("by", paused.by()).put("reason", paused.why()));
    } else if (event instanceof Event.Gate gate) {
      print(
          "gate",
          json ->
              json.put("gate", gate.gate())
                  .put("answer", name(gate.answer()))
                  .put("reason", gate.why()));
    } else if (event instanceof Event.Stopped stopped) {
      print("stopped", json -> json.put("reason", stopped.reason()));
    }
  }

  @Override
  public void interrupted(DeployId deploy) {
    print("interrupted", json -> json.put("deploy", deploy.id()));
  }

  @Override
  public void ended(Summary summary) {
    print(
        "ended",
        json -> {
          json.put("ending", name(summary.ending()))
              .put("exitCode", summary.ending().exitCode())
              .put("reason", summary.reason())
              .put("planned", summary.planned())
              .put("joined", summary.joined())
              .put("proven", summary.proven())
              .put("failed", summary.failed())
              .put("unreachable", summary.unreachable())
              .put("vanished", summary.vanished())
              .put("returned", summary.returned())
              .put("untouched", summary.untouched())
              .put("open", summary.open())
              .put("stableMoves", summary.stableMoves());
          ObjectComposer<?> failures = json.startObjectField("failures");
          for (Map.Entry<?, Integer> one : new TreeMap<>(summary.failures()).entrySet()) {
            failures.put(name((Enum<?>) one.getKey()), one.getValue().intValue());
          }
          failures.end();
          JsonOutcome.putTexts(json, "worst", summary.worst());
        });
  }

  @Override
  public void over(int epoch, DeployId deploy, Summary summary) {
    print("over", json -> json.put("deploy", deploy.id()).put("epoch", epoch));
    ended(summary);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private interface Fields {
    void put(ObjectComposer<?> json) throws IOException;
  }

  private synchronized void print(String event, Fields fields) {
    try {
      var text = JSON.std.composeString();
      ObjectComposer<?> object = text.startObject();
      object.put("version", VERSION).put("event", event).put("time", clock.millis());
      fields.put(object);
      object.end();
      taker.take(event, JsonOutcome.escaped(text.finish()));
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON in memory cannot be written", impossible);
    }
  }
}
