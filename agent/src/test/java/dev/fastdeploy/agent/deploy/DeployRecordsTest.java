package dev.fastdeploy.agent.deploy;

import static dev.fastdeploy.agent.deploy.Instance.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of a deploy is one moment, whatever happens while the home is read or written. */
class DeployRecordsTest {

  private static final DeployId D1 = new DeployId("d1");

  private final Instance instance = new Instance();
  private @Nullable Deployer deployer;

  @Test
  void aDeployThatIsBeingRecordedHasNotFailed() throws IOException {
    List<ReportedResult> seen = new ArrayList<>();
    Deployer deployer =
        watching(
            new HomeCalls() {
              @Override
              public void after(String method) throws IOException {
                if (method.equals("change")) {
                  seen.add(deployer().outcome(D1).result());
                }
              }
            });

    deployer.submit(Instance.deploy("d1", 5, NEXT), notice -> {});

    assertThat(seen).containsExactly(ReportedResult.PENDING);
    assertThat(deployer.snapshot().deploys().active()).isEqualTo(D1);
  }

  @Test
  void aDeployThatCouldNotBeRecordedIsNotUnderWay() {
    instance.home().failChanges(true);

    assertThat(instance.run(Instance.deploy("d1", 5, NEXT)))
        .isEqualTo(new Decision.Refused(Refusal.HOME_UNWRITABLE));

    assertThat(instance.deployer().snapshot().deploys().active()).isNull();
    instance.home().failChanges(false);
    assertThat(instance.run(Instance.deploy("d2", 6, NEXT))).isEqualTo(new Decision.Accepted());
  }

  @Test
  void aDeployThatEndsWhileTheHomeIsReadIsToldByItsEnd() {
    instance.stagingFails("the bucket is gone");
    boolean[] looking = {false};
    Deployer deployer =
        watching(
            new HomeCalls() {
              @Override
              public void after(String method) {
                if (looking[0] && method.equals("state")) {
                  looking[0] = false;
                  instance.work();
                }
              }
            });
    deployer.submit(Instance.deploy("d1", 5, NEXT), notice -> {});

    looking[0] = true;
    InstanceSnapshot snapshot = deployer.snapshot();

    assertThat(snapshot.deploys().active()).isNull();
    assertThat(snapshot.deploys().outcomes())
        .singleElement()
        .satisfies(report -> assertThat(report.reason()).isEqualTo("the bucket is gone"));
  }

  private Deployer watching(HomeCalls calls) {
    deployer =
        instance.deployer(
            HomeCalls.of(instance.home(), calls), instance, List.of(instance), instance);
    return deployer;
  }

  private Deployer deployer() {
    return Objects.requireNonNull(deployer);
  }
}
