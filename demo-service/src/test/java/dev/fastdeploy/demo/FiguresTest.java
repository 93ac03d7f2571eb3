package dev.fastdeploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.Step.Expectation;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.traffic.Judgement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Judgement SERVED = new Judgement(10, 0, 0, 0);
  private static final Judgement REFUSED = new Judgement(10, 2, 0, 0);
  private static final Teardown CLEAN = new Teardown(List.of(0), 0, false);

  @Test
  void allAsItMustBeIsNoProblem() {
    assertThat(figures(0, instance("c1", "c2", Outcome.PROVEN, SERVED), CLEAN).problems())
        .isEmpty();
  }

  @Test
  void eachDeviationIsToldOnce() {
    assertThat(problem(1, instance("c1", "c2", Outcome.PROVEN, SERVED)))
        .contains("the command ended with 1");
    assertThat(problem(0, instance("c1", "c2", "FAILED", SERVED))).contains("FAILED instead");
    assertThat(problem(0, instance("c1", "c2", null, SERVED))).contains("no outcome");
    assertThat(problem(0, instance("c0", "c2", Outcome.PROVEN, SERVED)))
        .contains("c0 ran before instead of c1");
    assertThat(problem(0, instance("c1", "c1", Outcome.PROVEN, SERVED)))
        .contains("c1 ran afterwards instead of c2");
    assertThat(problem(0, instance("c1", "c2", Outcome.PROVEN, new Judgement(0, 0, 0, 0))))
        .contains("no request was served");
    assertThat(problem(0, instance("c1", "c2", Outcome.PROVEN, new Judgement(9, 0, 0, 1))))
        .contains("1 requests were cut");
  }

  @Test
  void aCanaryThatFailsAloneIsNoProblem() {
    assertThat(stopped(List.of("instance-1"), canary(Outcome.ROLLED_BACK), bystander())).isEmpty();
  }

  @Test
  void whatGoesBeyondTheCanaryIsTold() {
    assertThat(stopped(List.of("instance-1"), canary(Outcome.PROVEN), bystander()))
        .singleElement()
        .asString()
        .contains("instance-1: PROVEN instead of ROLLED_BACK");
    assertThat(
            stopped(List.of("instance-1", "instance-2"), canary(Outcome.ROLLED_BACK), bystander()))
        .singleElement()
        .asString()
        .contains("[instance-1, instance-2] were asked");
    assertThat(
            stopped(
                List.of("instance-1"),
                canary(Outcome.ROLLED_BACK),
                bystander(Outcome.ROLLED_BACK, true, SERVED)))
        .singleElement()
        .asString()
        .contains("instance-2: by its own record it tried the commit");
    assertThat(
            stopped(
                List.of("instance-1"), canary(Outcome.ROLLED_BACK), bystander(null, false, SERVED)))
        .singleElement()
        .asString()
        .contains("instance-2: it left c1");
    assertThat(
            stopped(
                List.of("instance-1"), canary(Outcome.ROLLED_BACK), bystander(null, true, REFUSED)))
        .singleElement()
        .asString()
        .contains("instance-2: 2 requests were refused");
    assertThat(problem(0, instance("c1", "c2", Outcome.PROVEN, REFUSED)))
        .contains("instance-1: 2 requests were refused");
  }

  @Test
  void whatIsLeftIsAProblem() {
    Teardown teardown = new Teardown(List.of(0, 143), 2, true);

    assertThat(figures(0, instance("c1", "c2", Outcome.PROVEN, SERVED), teardown).problems())
        .hasSize(3)
        .anyMatch(problem -> problem.contains("instance-2 ended with 143"))
        .anyMatch(problem -> problem.contains("2 processes"))
        .anyMatch(problem -> problem.contains("directory"));
  }

  @Test
  void requestsCutOutsideOfTheStepsCountToo() {
    Figures figures =
        new Figures(
            Jdk.running(),
            50,
            List.of(step(0, instance("c1", "c2", Outcome.PROVEN, SERVED))),
            new Judgement(20, 0, 0, 1),
            CLEAN);

    assertThat(figures.problems()).singleElement().asString().contains("outside");
  }

  @Test
  void figuresAreOneJsonObject() throws Exception {
    assertThat(JsonFigures.of(figures(0, instance("c1", "c2", Outcome.PROVEN, SERVED), CLEAN)))
        .startsWith("{\"ok\":true,")
        .contains("\"phasesMillis\":{\"staged\":40}")
        .contains("\"requests\":{\"served\":10,\"refused\":0,\"resetUnread\":0,\"failed\":0}")
        .endsWith("\"problems\":[]}");
  }

  private static String problem(int exitCode, InstanceFigures instance) {
    List<String> problems = figures(exitCode, instance, CLEAN).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static Figures figures(int exitCode, InstanceFigures instance, Teardown teardown) {
    return new Figures(
        Jdk.running(), 50, List.of(step(exitCode, instance)), instance.requests(), teardown);
  }

  private static List<String> stopped(
      List<String> asked, InstanceFigures canary, InstanceFigures bystander) {
    CommandResult result = new CommandResult(3, 0, 100, List.of(), List.of());
    ToldDeploy deploy = new ToldDeploy("d", asked, List.of(), "rolled-back", "the canary failed");
    return new StepFigures(
            new Step(
                "deploy", "c1", "c2", "c1", Expectation.STOPPED_BY_CANARY, result, 200, deploy),
            List.of(canary, bystander))
        .problems();
  }

  private static StepFigures step(int exitCode, InstanceFigures instance) {
    CommandResult result = new CommandResult(exitCode, 0, 100, List.of(), List.of());
    ToldDeploy deploy = new ToldDeploy("d", List.of("instance-1"), List.of(), "done", "");
    return new StepFigures(
        new Step("deploy", "c1", "c2", "c2", Expectation.DONE, result, 200, deploy),
        List.of(instance));
  }

  private static InstanceFigures instance(
      String before, String after, @Nullable String result, Judgement requests) {
    return new InstanceFigures(
        "instance-1",
        before,
        after,
        true,
        outcome(result),
        false,
        OptionalLong.of(300),
        150,
        requests);
  }

  private static InstanceFigures canary(String result) {
    return new InstanceFigures(
        "instance-1", "c1", "c1", true, outcome(result), false, OptionalLong.empty(), 150, SERVED);
  }

  private static InstanceFigures bystander() {
    return bystander(null, true, SERVED);
  }

  private static InstanceFigures bystander(
      @Nullable String result, boolean stayed, Judgement requests) {
    return new InstanceFigures(
        "instance-2",
        "c1",
        "c1",
        false,
        outcome(result),
        stayed,
        OptionalLong.empty(),
        50,
        requests);
  }

  private static @Nullable Outcome outcome(@Nullable String result) {
    return result == null
        ? null
        : new Outcome("d.1", result, "", null, Map.of("accepted", 10L, "staged", 50L));
  }
}
