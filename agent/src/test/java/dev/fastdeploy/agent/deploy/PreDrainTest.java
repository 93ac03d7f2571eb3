package dev.fastdeploy.agent.deploy;

import static dev.fastdeploy.agent.deploy.Instance.NEXT;
import static dev.fastdeploy.agent.deploy.Instance.RUNNING;
import static dev.fastdeploy.agent.deploy.Instance.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployResult;
import dev.fastdeploy.contract.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Load balancers hear that the service is not ready before its work is ended. */
class PreDrainTest {

  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final String WITHDRAWN =
      "load balancers have 10000 ms (--pre-drain) before the deploy d1";

  private final Instance instance = new Instance().preDrain(TEN_SECONDS);

  @Test
  void liesBetweenTheFetchedAndTheActivatedRelease() {
    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.events())
        .containsSubsequence(
            new DeployEvent.Staged(false, ""),
            new DeployEvent.PreDraining(1000 + 10_000),
            new DeployEvent.Activated(RUNNING),
            new DeployEvent.Draining(1000 + 20_000));
    assertThat(Duration.ofNanos(instance.waiting().nanos())).isEqualTo(TEN_SECONDS);
    assertThat(instance.readiness())
        .containsExactly(WITHDRAWN, "the service ends its work for the deploy d1");
    assertThat(Objects.requireNonNull(instance.home().state().pending()).phases())
        .containsKey(Phase.PRE_DRAINING);
  }

  @Test
  void isAPhaseOfTheInstanceInWhichNothingIsActivated() {
    List<InstanceState> states = new ArrayList<>();
    instance
        .waiting()
        .after(
            Duration.ofSeconds(1),
            () -> {
              states.add(instance.deployer().snapshot().state());
              assertThat(instance.home().current()).isEqualTo(RUNNING);
            });

    instance.run(deploy("d1", 5, NEXT));

    assertThat(states).containsExactly(InstanceState.PRE_DRAINING);
  }

  @Test
  void aStopWinsAtOnceAndNothingHasChanged() {
    instance.waiting().after(Duration.ofSeconds(3), () -> instance.deployer().stopping());

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).isEqualTo("the instance was told to stop");
    assertThat(Duration.ofNanos(instance.waiting().nanos()))
        .isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_100));
    assertThat(instance.reloads()).isZero();
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().pending()).isNull();
    // What ends does not become ready again.
    assertThat(instance.readiness()).containsExactly(WITHDRAWN);
  }

  @Test
  void aReloadThatIsDeclinedAfterItGivesTheReadinessBack() {
    instance.declining("it is being stopped").run(deploy("d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.ROLLED_BACK);
    assertThat(instance.readiness()).containsExactly(WITHDRAWN, "returned");
  }

  @Test
  void aProcessThatEndsInItHasFailedTheDeploy() {
    instance.waiting().after(Duration.ofSeconds(3), () -> instance.deployer().processEnds());

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.home().state().outcome(new DeployId("d1")))
        .hasValueSatisfying(outcome -> assertThat(outcome.result()).isEqualTo(DeployResult.FAILED));
  }

  @Test
  void withoutATimeThereIsNoSuchStep() {
    instance.preDrain(Duration.ZERO).run(deploy("d1", 5, NEXT));

    assertThat(instance.events()).noneMatch(DeployEvent.PreDraining.class::isInstance);
    assertThat(instance.waiting().nanos()).isZero();
    assertThat(instance.reloads()).isOne();
  }
}
