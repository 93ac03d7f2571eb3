package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The outcome of a deploy, as the command, each instance and the record report it.
 *
 * @param setting what was asked for
 * @param command what the command said, and what it cost
 * @param instances what each instance says of itself, in their order
 * @param epoch the newest of the record
 */
record FleetOutcome(
    FleetSetting setting,
    CommandRun command,
    java.util.List<EndpointHosts.Said> instances,
    Epoch epoch) {

  /** The command's last word; an empty line if it said none. */
  CommandRun.Line ended() {
    return command.lines().stream()
        .filter(line -> line.is("ended"))
        .findFirst()
        .orElse(new CommandRun.Line(0, Map.of()));
  }

  /** Returns how many instances of a kind the command's last event counts. */
  int counted(String kind) {
    return number(ended().object().get(kind));
  }

  /** Returns how many failures of a cause the command's last event counts. */
  int failures(String cause) {
    return ended().object().get("failures") instanceof Map<?, ?> failures
        ? number(failures.get(cause))
        : 0;
  }

  private static int number(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }

  /** Seconds from the command's start until so much of the fleet was proven on the commit. */
  OptionalDouble secondsToProven(int percent) {
    long wanted = Math.max(1, (setting.members() * (long) percent + 99) / 100);
    return command.lines().stream()
        .filter(line -> line.is("proven") && line.text("commit").equals(FleetSite.NEXT.id()))
        .skip(wanted - 1)
        .mapToDouble(line -> line.millis() / 1e3)
        .findFirst();
  }

  /** Returns how many instances have a behaviour. */
  int count(Behaviour behaviour) {
    return (int) instances.stream().filter(instance -> instance.behaviour() == behaviour).count();
  }

  /** The most calls that came to an instance that works as it should. */
  int mostCalls() {
    return instances.stream()
        .filter(instance -> instance.behaviour() == Behaviour.SOUND)
        .mapToInt(EndpointHosts.Said::calls)
        .max()
        .orElse(0);
  }

  /** Returns the ending in the record, or an empty string if there is none. */
  String recordedEnding() {
    Closing closing = epoch.closing();
    return closing == null || closing.summary() == null ? "" : closing.summary().ending().name();
  }
}
