package dev.fastdeploy.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Step;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.UsualPlan;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FleetHookTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
  private static final MemberId MEMBER = new MemberId("h1:1");

  @TempDir private Path directory;
  private Path told;
  private final StringWriter problems = new StringWriter();

  @BeforeEach
  void nameTheFile() {
    told = directory.resolve("told");
  }

  @Test
  void eachEventIsARunWithItsJsonInTheirOrder() throws Exception {
    FleetHook hook = hook("cat >> '" + told + "'; sleep 0.01");

    hook.begun(7, 0, plan());
    hook.said(new Event.Entered("staging"));
    hook.said(new Event.Stopped("a reason"));
    hook.ended(summary());
    hook.finish();

    assertThat(Files.readAllLines(told))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"event\":\"begun\"", "\"epoch\":7"),
            line -> assertThat(line).contains("\"event\":\"phase\"", "\"phase\":\"staging\""),
            line -> assertThat(line).contains("\"event\":\"stopped\"", "\"reason\":\"a reason\""),
            line -> assertThat(line).contains("\"event\":\"ended\"", "\"exitCode\":2"));
    assertThat(problems.toString()).isEmpty();
  }

  @Test
  void aCommandKnowsTheDeployByVariables() throws Exception {
    FleetHook hook =
        hook("echo $FASTDEPLOY_EVENT $FASTDEPLOY_COMMIT $FASTDEPLOY_DEPLOY_ID >> '" + told + "'");

    hook.begun(1, 0, plan());
    hook.ended(summary());
    hook.finish();

    assertThat(Files.readAllLines(told)).containsExactly("begun c2 d-1", "ended c2 d-1");
  }

  @Test
  void whatThousandsDoOnTheirWayStartsNoProcess() throws Exception {
    FleetHook hook = hook("echo $FASTDEPLOY_EVENT >> '" + told + "'");

    hook.begun(1, 0, plan());
    hook.said(new Event.Begun(MEMBER, new Commit("c2")));
    hook.said(new Event.Went(MEMBER, Step.ACTIVATED));
    hook.said(new Event.Proven(MEMBER, new Commit("c2")));
    hook.said(new Event.Vanished(MEMBER));
    hook.said(new Event.Failed(MEMBER, Cause.APPLICATION, "it died", List.of("line"), false));
    hook.ended(summary());
    hook.finish();

    assertThat(Files.readAllLines(told)).containsExactly("begun", "failed", "ended");
  }

  @Test
  void oneThatFailsIsToldOnceAndCounted() throws Exception {
    FleetHook hook = hook("echo no such channel; exit 3");

    hook.begun(1, 0, plan());
    hook.said(new Event.Entered("staging"));
    hook.ended(summary());
    hook.finish();

    assertThat(problems.toString().lines())
        .containsExactly(
            "fastdeploy: the command of --on-event ended with 3: no such channel (event 'begun')",
            "fastdeploy: the command of --on-event failed for 3 events");
  }

  @Test
  void oneThatReadsNothingIsNoFailure() throws Exception {
    FleetHook hook = hook("exec 0<&-; true");
    String text = "x".repeat(3_000);

    hook.begun(1, 0, plan());
    for (int i = 0; i < 40; i++) {
      hook.said(
          new Event.Failed(MEMBER, Cause.APPLICATION, text, Collections.nCopies(40, text), false));
    }
    hook.ended(summary());
    hook.finish();

    assertThat(problems.toString()).isEmpty();
  }

  @Test
  void oneThatHangsHoldsUpTheEndOnlySoLong() throws Exception {
    FleetHook hook =
        new FleetHook(
            "echo $$ >> '" + told + "'; sleep 1000 & wait",
            new CleanWriter(problems),
            CLOCK,
            Duration.ofMillis(100));

    hook.begun(1, 0, plan());
    hook.said(new Event.Entered("staging"));
    hook.ended(summary());
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(told));
    hook.finish();

    assertThat(problems.toString())
        .contains("(event 'begun')", "was not run for the last 2 events because it takes too long");
    for (String pid : Files.readAllLines(told)) {
      assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @Test
  void whoeverLeavesBeforeTheEndDoesNotWait() throws Exception {
    FleetHook hook = hook("sleep 1000");

    hook.begun(1, 0, plan());
    hook.said(new Event.Entered("staging"));
    hook.finish();

    assertThat(problems.toString()).contains("was not run for the last");
  }

  private FleetHook hook(String command) {
    return new FleetHook(command, new CleanWriter(problems), CLOCK, Duration.ofSeconds(60));
  }

  private static Plan plan() {
    return UsualPlan.of(new DeployId("d-1"), new Commit("c2"), null, "h1:1");
  }

  private static Summary summary() {
    return new Summary(
        Ending.PARTIAL, "", 1, 0, 0, 1, 0, 0, 0, 0, 0, Map.of(), List.of(), false, Set.of());
  }
}
