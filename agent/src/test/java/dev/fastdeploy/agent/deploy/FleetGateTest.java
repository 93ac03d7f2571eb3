package dev.fastdeploy.agent.deploy;

import static dev.fastdeploy.agent.deploy.Instance.NEXT;
import static dev.fastdeploy.agent.deploy.Instance.RUNNING;
import static dev.fastdeploy.agent.deploy.Instance.deploy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.contract.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** A deploy that a newer one has followed changes nothing more on who has seen the newer one. */
class FleetGateTest {

  private static final EnvironmentName PROD = new EnvironmentName("prod");
  private static final Commit THIRD = new Commit("third");

  private final Instance instance = new Instance().environment("prod");

  @Test
  void anotherEnvironmentIsRefusedAndItsEpochForgotten() {
    for (long epoch : new long[] {0, 9}) {
      for (InstanceRequest request :
          List.of(
              deployOf("test", epoch, "d1", 5, NEXT),
              activateOf("test", epoch, "d1", 5),
              stageOf("test", epoch, "d1"))) {
        assertRefused(request, Refusal.OTHER_ENVIRONMENT, "'test'", "'prod'", "check the targets");
      }
    }
    assertThat(instance.home().state().fence()).isNull();
  }

  @Test
  void whoBelongsToNoEnvironmentSaysHowToTell() {
    Instance none = new Instance();

    for (long epoch : new long[] {0, 9}) {
      none.submit(stageOf("prod", epoch, "d1"));
      assertThat(none.report().refusal()).isEqualTo(Refusal.OTHER_ENVIRONMENT);
      assertThat(none.report().reason()).contains("told of none", "--env prod");
    }
    assertThat(none.run(deploy("d2", 5, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void anEpochOfAnotherOrOfNoApplicationIsRefused() {
    ExpectedRelease other = new ExpectedRelease("warehouse", "");
    FleetEpoch epoch = FleetEpoch.of("warehouse", "prod", 9);
    assertRefused(
        new InstanceRequest.Stage(new DeployId("d1"), NEXT, other, epoch),
        Refusal.OTHER_APP,
        "'warehouse'",
        "'shop'");
    assertThat(instance.home().state().fence()).isNull();

    Instance none = new Instance().environment("prod").withoutApp();
    none.submit(stageOf("prod", 9, "d1"));
    assertThat(none.report().refusal()).isEqualTo(Refusal.OTHER_APP);
    assertThat(none.report().reason()).contains("told of none", "--app");
  }

  @Test
  void theEnvironmentAloneSetsNoFence() {
    assertThat(instance.run(deployOf("prod", 0, "d1", 5, NEXT))).isEqualTo(new Decision.Accepted());
    assertThat(instance.home().state().fence()).isNull();
  }

  @Test
  void aLowerEpochIsRefusedWhateverItAsks() {
    instance.run(stageOf("prod", 7, "d7"));

    for (LongFunction<InstanceRequest> asked :
        List.<LongFunction<InstanceRequest>>of(
            epoch -> deployOf("prod", epoch, "d1", 5, NEXT),
            epoch -> activateOf("prod", epoch, "d1", 5),
            epoch -> stageOf("prod", epoch, "d1"))) {
      for (long epoch : new long[] {1, 6}) {
        assertRefused(
            asked.apply(epoch),
            Refusal.OLDER_EPOCH,
            "the epoch " + epoch + " ",
            "below 7",
            "'prod'");
      }
    }
    assertThat(fence().epoch()).isEqualTo(7);
    assertThat(instance.run(deployOf("prod", 7, "d2", 5, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void aKnownDeployOfALowerEpochIsOverToo() {
    instance.run(deployOf("prod", 6, "d1", 5, NEXT));
    instance.submit(deployOf("prod", 7, "d2", 6, THIRD));

    assertRefused(deployOf("prod", 6, "d1", 5, NEXT), Refusal.OLDER_EPOCH, "6", "7");
    assertThat(instance.submit(deployOf("prod", 7, "d1", 5, NEXT)))
        .isEqualTo(new Decision.Known(ReportedResult.PENDING));
  }

  @Test
  void theSameDeployIsTakenOverUnderAHigherEpoch() {
    instance.run(deployOf("prod", 6, "d1", 5, NEXT));

    assertThat(instance.submit(deployOf("prod", 8, "d1", 5, NEXT)))
        .isEqualTo(new Decision.Known(ReportedResult.PENDING));
    assertThat(fence().epoch()).isEqualTo(8);
  }

  @Test
  void aDeployThatIsFollowedBeforeItsActivationActivatesNothing() throws IOException {
    instance.whileStaging(() -> instance.submit(stageOf("prod", 7, "d2")));

    instance.run(deployOf("prod", 6, "d1", 5, NEXT));

    DeployReport report = instance.deployer().outcome(new DeployId("d1"));
    assertThat(report.result()).isEqualTo(ReportedResult.FAILED);
    assertThat(report.reason()).contains("epoch 7 has followed", "of 6");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().lastSequence()).isZero();
  }

  @Test
  void aDeployThatIsTakenOverBeforeItsActivationGoesOn() {
    instance.whileStaging(() -> instance.submit(deployOf("prod", 7, "d1", 5, NEXT)));

    instance.run(deployOf("prod", 6, "d1", 5, NEXT));

    assertThat(instance.home().current()).isEqualTo(NEXT);
    assertThat(instance.reloads()).isEqualTo(1);
  }

  @Test
  void aDeployWithoutARecordIsFollowedByNone() {
    instance.whileStaging(() -> instance.submit(stageOf("prod", 7, "d2")));

    instance.run(deploy("d1", 5, NEXT));

    assertThat(instance.home().current()).isEqualTo(NEXT);
  }

  @Test
  void aRequestThatIsRefusedForAnotherReasonIsSeenAllTheSame() {
    AtomicInteger told = new AtomicInteger();
    instance.submit(deploy("d0", 4, NEXT));
    instance.deployer().watch(told::incrementAndGet);

    assertRefused(stageOf("prod", 7, "d1"), Refusal.BUSY, "d0");

    assertThat(fence()).isEqualTo(new Fence("shop", PROD, 7, 0));
    assertThat(told).hasValue(1);
    assertThat(instance.deployer().snapshot().membership().epoch()).isEqualTo(7);
    assertRefused(stageOf("prod", 6, "d2"), Refusal.OLDER_EPOCH, "7");
    instance.deployer().stopping();
    assertRefused(stageOf("prod", 8, "d3"), Refusal.STOPPING, "told to stop");
    assertThat(fence().epoch()).isEqualTo(8);
  }

  @Test
  void aDeployThatFailsLaterIsSeenAllTheSame() {
    instance.stagingFails("it was never published").run(deployOf("prod", 7, "d1", 5, NEXT));

    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(fence().epoch()).isEqualTo(7);
  }

  @Test
  void anEpochThatCannotBeRecordedIsNotLetIn() {
    instance.home().failChanges(true);

    assertRefused(stageOf("prod", 7, "d1"), Refusal.HOME_UNWRITABLE, "epoch 7", "make room");
    instance.home().failChanges(false);
    assertThat(instance.run(stageOf("prod", 6, "d2"))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void theClockOfTheOwnerBeforeDoesNotCount() throws IOException {
    instance.home().change(state -> state.withSequence(900));
    assertRefused(deploy("d1", 5, NEXT), Refusal.OLDER_SEQUENCE, "900");

    assertThat(instance.run(deployOf("prod", 7, "d2", 5, NEXT))).isEqualTo(new Decision.Accepted());

    // Who deploys without an epoch has still to be later than the last.
    assertThat(instance.home().state().lastSequence()).isEqualTo(901);
    assertThat(fence().sequence()).isEqualTo(5);
  }

  @Test
  void withinAnEpochAnOlderRequestIsLate() {
    instance.stagingFails("no").run(deployOf("prod", 7, "d1", 500, NEXT));
    instance.stagingFails(null);

    assertRefused(
        deployOf("prod", 7, "d2", 500, NEXT), Refusal.OLDER_SEQUENCE, "not above 500", "epoch 7");
    assertRefused(deployOf("prod", 7, "d2", 499, NEXT), Refusal.OLDER_SEQUENCE, "499");
    assertThat(instance.run(deployOf("prod", 7, "d2", 501, NEXT)))
        .isEqualTo(new Decision.Accepted());
  }

  @Test
  void aSequenceAheadOfTheClockIsNotTakenWithAnEpochEither() {
    assertRefused(
        deployOf("prod", 7, "d1", Long.MAX_VALUE, NEXT), Refusal.SEQUENCE_AHEAD, "set the clock");
  }

  @Test
  void withoutAnEpochAllIsAsEver() {
    instance.run(stageOf("prod", 7, "d1"));

    assertThat(instance.run(deploy("d2", 5, NEXT))).isEqualTo(new Decision.Accepted());
    assertThat(fence()).isEqualTo(new Fence("shop", PROD, 7, 0));
  }

  @Test
  void anotherEnvironmentThatIsConfiguredLaterHasItsOwnCount() throws IOException {
    instance
        .home()
        .change(state -> state.withFence(new Fence("shop", new EnvironmentName("test"), 80, 3)));
    assertThat(instance.deployer().snapshot().membership().epoch()).isZero();

    assertThat(instance.run(stageOf("prod", 2, "d1"))).isEqualTo(new Decision.Accepted());

    assertThat(fence()).isEqualTo(new Fence("shop", PROD, 2, 0));
    assertThat(instance.deployer().snapshot().membership().epoch()).isEqualTo(2);
    assertThat(instance.deployer().snapshot().membership().environment()).isEqualTo("prod");
  }

  @Test
  void whatIsNoEpochSaysSo() {
    assertThatThrownBy(() -> FleetEpoch.of("shop", "prod", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the epoch -1 is not from 0 to 999999999");
    assertThatThrownBy(() -> FleetEpoch.of("shop", "prod", 1_000_000_000))
        .hasMessageContaining("1000000000");
    assertThatThrownBy(() -> FleetEpoch.of("", "prod", 1)).hasMessageContaining("name both");
    assertThatThrownBy(() -> FleetEpoch.of("shop", "", 1)).hasMessageContaining("name both");
    assertThatThrownBy(() -> FleetEpoch.of("shop", "a/b", 0))
        .hasMessageContaining("'a/b' is not an environment");
    assertThat(FleetEpoch.of("", "", 0)).isEqualTo(FleetEpoch.NONE);
  }

  @Test
  void inServiceIsWhatALoadBalancerShouldSee() {
    Deployer deployer = instance.deployer();
    assertThat(deployer.snapshot().inService()).isTrue();
    instance.unready("503");
    assertThat(deployer.snapshot().inService()).isFalse();
    instance.unready(null);
    instance.submit(deploy("d1", 5, NEXT));
    assertThat(deployer.snapshot().inService()).as("staging").isTrue();
    instance.work();
    assertThat(deployer.snapshot().state()).isEqualTo(InstanceState.DRAINING);
    assertThat(deployer.snapshot().inService()).as("draining").isFalse();

    Instance stopping = new Instance();
    stopping.deployer().stopping();
    assertThat(stopping.deployer().snapshot().inService()).as("stopping").isFalse();
  }

  private Fence fence() {
    return Objects.requireNonNull(instance.home().state().fence());
  }

  private static InstanceRequest deployOf(
      String environment, long epoch, String id, long sequence, Commit commit) {
    return new InstanceRequest.Deploy(
        new DeployId(id),
        sequence,
        commit,
        new ExpectedRelease("shop", ""),
        FleetEpoch.of("shop", environment, epoch),
        "",
        false);
  }

  private static InstanceRequest activateOf(
      String environment, long epoch, String id, long sequence) {
    return new InstanceRequest.Activate(
        new DeployId(id),
        sequence,
        NEXT,
        new ExpectedRelease("shop", ""),
        FleetEpoch.of("shop", environment, epoch),
        "",
        false);
  }

  private static InstanceRequest stageOf(String environment, long epoch, String id) {
    return new InstanceRequest.Stage(
        new DeployId(id),
        NEXT,
        new ExpectedRelease("shop", ""),
        FleetEpoch.of("shop", environment, epoch));
  }

  private void assertRefused(InstanceRequest request, Refusal refusal, String... words) {
    assertThat(instance.submit(request)).isEqualTo(new Decision.Refused(refusal));
    DeployReport report = instance.report();
    assertThat(report.refusal()).isEqualTo(refusal);
    assertThat(report.reason()).contains(words).doesNotContain("\n");
    assertThat(report.from()).isEqualTo(RUNNING);
  }
}
