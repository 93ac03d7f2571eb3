package dev.fastdeploy.e2e;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What {@code deploy --json} printed, and how it ended. */
final class DeployRun {

  private final CommandResult result;
  private final List<Map<String, Object>> events = new ArrayList<>();

  DeployRun(CommandResult result) throws IOException {
    this.result = result;
    for (String line : result.stdout()) {
      events.add(JSON.std.mapFrom(line));
    }
  }

  /** Waits for the end of a command that was started. */
  static DeployRun of(ChildProcess deploy) throws IOException, InterruptedException {
    OptionalInt code = deploy.waitFor(TestBed.PATIENCE);
    if (code.isEmpty()) {
      throw new AssertionError("the command hangs: " + deploy.output().last(10));
    }
    return new DeployRun(
        new CommandResult(
            code.getAsInt(), 0, 0, deploy.output().stdout(), deploy.output().stderr()));
  }

  int exitCode() {
    return result.exitCode();
  }

  List<Object> events() {
    return events.stream().map(event -> event.get("event")).toList();
  }

  /** The one outcome; fails if there is none. */
  Map<String, Object> outcome() {
    return events.stream()
        .filter(event -> "outcome".equals(event.get("event")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no outcome in " + this));
  }

  Object outcome(String field) {
    return outcome().get(field);
  }

  @Override
  public String toString() {
    return "exit " + result.exitCode() + ", " + result.stdout() + ", " + result.stderr();
  }
}
