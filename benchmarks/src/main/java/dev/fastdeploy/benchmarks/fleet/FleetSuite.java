package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures deploys of whole fleets, each with processes of its own. */
public final class FleetSuite {

  /** Those that users are told to give a command for thousands of instances. */
  public static final List<String> FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx320m",
          "-Djdk.tls.namedGroups=x25519");

  private final Jdk jdk;
  private final Artifacts artifacts;
  private final List<String> flags;

  /**
   * @param jdk that runs the instances and the command
   * @param flags of the command's JVM
   */
  public FleetSuite(Jdk jdk, Artifacts artifacts, List<String> flags) {
    this.jdk = jdk;
    this.artifacts = artifacts;
    this.flags = List.copyOf(flags);
  }

  /** One deploy by the command, of instances with sockets. */
  public Sample deploy(int members, Faults faults) throws IOException, InterruptedException {
    SampleBuilder sample =
        new SampleBuilder(BenchmarkName.FLEET, 1)
            .with("members", members)
            .with("faults", faults.label())
            .with("flags", String.join(" ", flags));
    try (Workplace workplace = Workplace.open()) {
      FleetOutcome outcome =
          new FleetTrial(faults.setting(members, flags), jdk, workplace, artifacts).run();
      CommandRun command = outcome.command();
      sample
          .measured(Figure.COMMAND_PROCESSOR, command.processorSeconds())
          .measured(Figure.COMMAND_PEAK, command.peakMegabytes())
          .measured(Figure.COMMAND_TIME, command.wallMillis() / 1e3)
          .measured(Figure.COMMAND_SOCKETS, command.mostConnections())
          .measured(Figure.INSTANCE_CALLS, outcome.mostCalls())
          .measured(Figure.FLEET_PROVEN, outcome.counted("proven"))
          .measured(Figure.FLEET_FAILED, outcome.failures("application"))
          .measured(Figure.FLEET_UNREACHABLE, outcome.failures("unreachable"));
      outcome.secondsToProven(90).ifPresent(value -> sample.measured(Figure.FLEET_NINETY, value));
      outcome.secondsToProven(100).ifPresent(value -> sample.measured(Figure.FLEET_ALL, value));
      List<String> wrong = FleetChecks.of(outcome);
      if (!wrong.isEmpty()) {
        String last = command.complaints().strip();
        sample.failed(
            String.join("; ", wrong.subList(0, Math.min(5, wrong.size())))
                + "; the command said: "
                + outcome.ended().text("reason")
                + (last.isEmpty() ? "" : " " + last.lines().findFirst().orElse("")));
      }
    }
    return sample.build();
  }

  /** One deploy by the planner alone, of members that are simulated, into a record on the disk. */
  public Sample plan(int members) throws IOException, InterruptedException {
    SampleBuilder sample =
        new SampleBuilder(BenchmarkName.FLEET_PLAN, 1)
            .with("members", members)
            .with("flags", String.join(" ", flags));
    try (Workplace workplace = Workplace.open()) {
      Path store = Files.createDirectory(workplace.folder().resolve("store"));
      List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
      command.addAll(flags);
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), PlannedHost.class.getName()));
      command.addAll(PlannedHost.arguments(members, store));
      CommandRun run =
          CommandRun.of(command, workplace.variables(), workplace.folder().resolve("plan.log"));
      if (run.exitCode() != 0 || run.lines().isEmpty()) {
        throw new IOException("the planner did not end well: " + run.complaints().strip());
      }
      CommandRun.Line said = run.lines().get(0);
      sample
          .measured(Figure.COMMAND_PROCESSOR, run.processorSeconds())
          .measured(Figure.COMMAND_PEAK, run.peakMegabytes())
          .measured(Figure.COMMAND_TIME, run.wallMillis() / 1e3)
          .measured(Figure.FLEET_ALL, Double.parseDouble(said.text("virtualMillis")) / 1e3)
          .measured(Figure.FLEET_PROVEN, Double.parseDouble(said.text("proven")))
          .measured(Figure.RECORD_SIZE, Double.parseDouble(said.text("recordBytes")) / 1e6);
      if (!said.text("ending").equals("DONE")) {
        sample.failed("the deploy ended as " + said.text("ending"));
      }
    }
    return sample.build();
  }
}
