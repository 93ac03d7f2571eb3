package dev.fastdeploy.launcher.fleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.UsualPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CommandGateTest {

  @ParameterizedTest
  @CsvSource({"0, GOOD", "1, BAD", "2, UNKNOWN", "127, UNKNOWN"})
  void theExitCodeIsTheAnswer(int code, GateAnswer answer) throws Exception {
    Gate.Said said = ask("echo first; echo last; exit " + code);

    assertThat(said.answer()).isEqualTo(answer);
    assertThat(said.why()).endsWith("last");
  }

  @Test
  void itKnowsTheDeploy() throws Exception {
    assertThat(ask("echo $FASTDEPLOY_COMMIT $FASTDEPLOY_DEPLOY_ID $FASTDEPLOY_GATE").why())
        .isEqualTo("c2 d-1 3");
  }

  @Test
  void whatItPrintsHasNoBound() throws Exception {
    assertThat(ask("head -c 20000000 /dev/zero | tr '\\0' x; echo; echo end").why())
        .isEqualTo("end");
  }

  @Test
  void whatItLeavesBehindDoesNotHoldItUp() throws Exception {
    assertThat(ask("sleep 1000 & echo good").answer()).isEqualTo(GateAnswer.GOOD);
  }

  private static Gate.Said ask(String command) throws InterruptedException {
    Plan plan = UsualPlan.of(new DeployId("d-1"), new Commit("c2"), null, "a:1");
    return new CommandGate(command, plan).ask(3);
  }
}
