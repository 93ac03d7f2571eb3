package dev.fastdeploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.Step.Expectation;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.traffic.Judgement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextReportTest {

  private static final Judgement REQUESTS = new Judgement(12_345, 1_234, 123, 0);
  private static final Judgement UNDISTURBED = new Judgement(12_345, 0, 0, 0);

  @Test
  void tellsInWordsThatTheOthersNeverLeft() {
    assertThat(printed())
        .contains(
            "deploy of demo-3-broken: the command took 12345 ms and ended with 3, rolled-back",
            "  instance-1, the canary, went back: it ended with code 3 before it was ready",
            "  instance-2 never left demo-1: the same process all the time")
        .anyMatch(line -> line.startsWith(" instance-2  not asked "));
  }

  @Test
  void fitsIntoATerminalOf80Columns() {
    assertThat(printed()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  private static List<String> printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Figures figures =
        new Figures(
            Jdk.running(),
            50,
            List.of(
                new StepFigures(
                    step("deploy of demo-2", "demo-2", "demo-2", Expectation.DONE, "done"),
                    List.of(
                        figures(
                            "instance-1",
                            "demo-2",
                            outcome(Outcome.PROVEN, "", "ready", "proven"),
                            OptionalLong.of(12_345)))),
                new StepFigures(
                    step(
                        "deploy of demo-3-broken",
                        "demo-3-broken",
                        "demo-1",
                        Expectation.STOPPED_BY_CANARY,
                        "rolled-back"),
                    List.of(
                        figures(
                            "instance-1",
                            "demo-1",
                            outcome(
                                Outcome.ROLLED_BACK,
                                "it ended with code 3 before it was ready",
                                "restored"),
                            OptionalLong.empty()),
                        figures("instance-2", "demo-1", null, OptionalLong.empty())))),
            REQUESTS,
            new Teardown(List.of(0), 0, false));
    new TextReport(new PrintStream(bytes, true, StandardCharsets.UTF_8)).print(figures);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Step step(
      String name, String commit, String after, Expectation expected, String ending) {
    return new Step(
        name,
        "demo-1",
        commit,
        after,
        expected,
        new CommandResult(expected.exitCode(), 0, 12_345, List.of(), List.of()),
        200,
        new ToldDeploy("d", List.of("instance-1"), List.of(), ending, ""));
  }

  private static InstanceFigures figures(
      String name, String after, @Nullable Outcome outcome, OptionalLong firstAnswer) {
    return new InstanceFigures(
        name,
        "demo-1",
        after,
        outcome != null,
        outcome,
        outcome == null,
        firstAnswer,
        12_345,
        outcome == null ? UNDISTURBED : REQUESTS);
  }

  private static Outcome outcome(String result, String reason, String... last) {
    Map<String, Long> phases = new LinkedHashMap<>();
    phases.put("accepted", 0L);
    for (String phase : List.of("staged", "activated", "draining", "exited", "started")) {
      phases.put(phase, 12_345L);
    }
    for (String phase : last) {
      phases.put(phase, 12_345L);
    }
    return new Outcome("d.1", result, reason, null, phases);
  }
}
