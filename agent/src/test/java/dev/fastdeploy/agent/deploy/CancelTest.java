package dev.fastdeploy.agent.deploy;

import static dev.fastdeploy.agent.deploy.Instance.NEXT;
import static dev.fastdeploy.agent.deploy.Instance.RUNNING;
import static dev.fastdeploy.agent.deploy.Instance.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.PendingActivation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A deploy ends on request as long as it has activated nothing, and tells who asked. */
class CancelTest {

  private static final DeployId D1 = new DeployId("d1");

  private final Instance instance = new Instance();
  private final List<Cancelling> answers = new ArrayList<>();

  @Test
  void endsAStaging() throws IOException {
    instance.whileStaging(() -> cancel(null));

    instance.run(deploy("d1", 5, NEXT));

    assertEnding();
    assertCancelled();
    assertThat(instance.deployer().outcome(D1).reason()).isEqualTo("cancelled by somebody");
    assertThat(instance.home().staged()).doesNotContain(NEXT);
    instance.whileStaging(() -> {});
    assertThat(instance.run(deploy("d2", 5, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void endsAPreDrainAndGivesTheReadinessBack() {
    instance.preDrain(Duration.ofSeconds(10));
    instance.waiting().after(Duration.ofSeconds(3), () -> cancel(D1));

    instance.run(deploy("d1", 5, NEXT));

    assertEnding();
    assertCancelled();
    assertThat(instance.readiness()).endsWith("returned");
    assertThat(Duration.ofNanos(instance.waiting().nanos())).isLessThan(Duration.ofMillis(3100));
  }

  @Test
  void endsWhatHasNotBegunToStage() {
    instance.submit(deploy("d1", 5, NEXT));
    cancel(D1);
    instance.work();

    assertEnding();
    assertCancelled();
  }

  @Test
  void endsAStagingOnItsOwnThoughItIsThere() {
    instance.submit(new InstanceRequest.Stage(D1, RUNNING));
    cancel(D1);
    instance.work();

    assertEnding();
    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).isEqualTo("cancelled by somebody");
  }

  @Test
  void tellsTheReasonThoughTheStoreFailsMeanwhile() {
    instance.whileStaging(
        () -> {
          cancel(D1);
          throw new UncheckedIOException(new IOException("the store is closed"));
        });

    instance.run(deploy("d1", 5, NEXT));

    assertCancelled();
  }

  @Test
  void isTooLateOnceTheReleaseIsActivated() throws IOException {
    instance.whileReloading(() -> cancel(D1));

    instance.run(deploy("d1", 5, NEXT));
    cancel(null);

    assertThat(answers).extracting(Cancelling::result).containsOnly(Cancelling.Result.TOO_LATE);
    assertThat(answers.get(0).reason()).contains("has activated next already", "roll back");
    assertThat(instance.reloads()).isOne();
    assertThat(instance.home().current()).isEqualTo(NEXT);
  }

  @Test
  void isTooLateForWhatIsOnProbation() throws IOException {
    PendingActivation pending =
        new PendingActivation(D1, 4, NEXT, RUNNING, "process", false, Map.of());
    instance.home().change(before -> before.withPending(pending));
    cancel(null);
    cancel(D1);

    assertThat(answers).extracting(Cancelling::result).containsOnly(Cancelling.Result.TOO_LATE);
    assertThat(answers.get(0).reason()).contains("d1 has activated running already");
  }

  @Test
  void namesWhatIsUnderWayInstead() {
    cancel(null);
    instance.submit(deploy("d1", 5, NEXT));
    cancel(new DeployId("d2"));

    assertThat(answers)
        .extracting(Cancelling::result)
        .containsExactly(Cancelling.Result.NOT_UNDER_WAY, Cancelling.Result.NOT_UNDER_WAY);
    assertThat(answers.get(0).reason()).isEqualTo("no deploy is under way");
    assertThat(answers.get(1).reason()).contains("no record of the deploy d2", "d1 of next");
  }

  @Test
  void aDeployThatHasEndedIsTold() {
    instance.stagingFails("no").run(deploy("d1", 5, NEXT));
    cancel(D1);

    assertThat(answers.get(0).result()).isEqualTo(Cancelling.Result.NOT_UNDER_WAY);
    assertThat(answers.get(0).reason()).isEqualTo("the deploy d1 has ended: FAILED");
  }

  private void cancel(@Nullable DeployId id) {
    try {
      answers.add(instance.deployer().cancel(id, "somebody"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void assertEnding() {
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).result()).isEqualTo(Cancelling.Result.ENDING);
    assertThat(answers.get(0).id()).isEqualTo(D1);
  }

  private void assertCancelled() {
    assertThat(instance.report().result()).isEqualTo(ReportedResult.FAILED);
    assertThat(instance.report().reason()).isEqualTo("cancelled by somebody");
    assertThat(instance.home().current()).isEqualTo(RUNNING);
    assertThat(instance.home().state().pending()).isNull();
    assertThat(instance.home().state().lastSequence()).isZero();
    assertThat(instance.reloads()).isZero();
    assertThat(instance.deployer().snapshot().deploys().active()).isNull();
  }
}
