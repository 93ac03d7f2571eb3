package dev.fastdeploy.agent.deploy;

import static dev.fastdeploy.agent.deploy.Instance.NEXT;
import static dev.fastdeploy.agent.deploy.Instance.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.PendingActivation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A disk that hangs holds up who reads or writes it, and nobody else. */
class HangingDiskTest {

  private static final DeployId D1 = new DeployId("d1");

  /** Nothing takes so long: whoever needs more waits for the disk. */
  private static final int PATIENCE_SECONDS = 60;

  @Test
  void aStatusAndAStopAnswerWhereverADeployHangs() throws Exception {
    List<String> hung = new ArrayList<>();
    while (true) {
      HangingDeploy deploy = new HangingDeploy(hung.size());
      try {
        String method = deploy.begin();
        if (method.isEmpty()) {
          break;
        }
        hung.add(method);
        deploy.requireAnswers();
      } finally {
        deploy.goOn();
      }
    }
    // Each kind of use that a deploy makes of its home has hung once.
    assertThat(hung)
        .contains("state", "change", "pointCurrentTo", "has", "release", "activate")
        .startsWith("state", "change");
  }

  /** A deploy of which one call to the home hangs until it may go on. */
  private static final class HangingDeploy implements HomeCalls {

    private final Instance instance = new Instance().environment("prod");
    private final int hangs;
    private final CompletableFuture<String> hanging = new CompletableFuture<>();
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final Deployer deployer;
    private final Thread thread = new Thread(this::deploy, "deploy");
    private int calls;

    /**
     * @param hangs the number of the call that hangs
     */
    HangingDeploy(int hangs) throws IOException {
      this.hangs = hangs;
      // An activation whose end was lost: it is taken back first.
      instance
          .home()
          .activate(
              new PendingActivation(
                  new DeployId("d0"), 4, RUNNING, new Commit("lost"), "process", false, Map.of()));
      deployer =
          instance.deployer(
              HomeCalls.of(instance.home(), this), instance, List.of(instance), instance);
      thread.setDaemon(true);
    }

    /** Begins the deploy and returns the method that hangs; empty if it makes no such call. */
    String begin() throws Exception {
      thread.start();
      return hanging.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void requireAnswers() throws Exception {
      InstanceSnapshot before =
          CompletableFuture.supplyAsync(deployer::snapshot).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(before.state()).isNotEqualTo(InstanceState.STOPPING);
      CompletableFuture.runAsync(deployer::stopping).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      InstanceSnapshot after =
          CompletableFuture.supplyAsync(deployer::snapshot).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(after.state()).isEqualTo(InstanceState.STOPPING);
    }

    void goOn() throws InterruptedException {
      goesOn.countDown();
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertThat(thread.isAlive()).isFalse();
    }

    private void deploy() {
      try {
        deployer.submit(
            new InstanceRequest.Deploy(
                D1,
                5,
                NEXT,
                new ExpectedRelease("shop", ""),
                FleetEpoch.of("shop", "prod", 7),
                "",
                false),
            notice -> {});
        instance.work();
      } finally {
        hanging.complete("");
      }
    }

    @Override
    public void before(String method) throws InterruptedException {
      if (Thread.currentThread() == thread && calls++ == hangs) {
        hanging.complete(method);
        goesOn.await();
      }
    }
  }
}
