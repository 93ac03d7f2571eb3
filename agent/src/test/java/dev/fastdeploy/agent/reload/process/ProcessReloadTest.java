package dev.fastdeploy.agent.reload.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadProgress;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the launcher has acknowledged happens. */
class ProcessReloadTest {

  private final List<String> steps = new ArrayList<>();
  private @Nullable String declined;
  private @Nullable Error broken;
  private @Nullable HoldOffer offer;

  @Test
  void announcesThenEndsTheProcess() throws Exception {
    reload();

    assertThat(steps).containsExactly("announce", "draining", "reloading", "exit");
  }

  /** The application has the last quarter of the drain time to itself. */
  @Test
  void endsTheConnectionsFirstIfTheListenersAreHeld() throws Exception {
    offer = new HoldOffer(Path.of("/run/listeners.sock"), Duration.ofSeconds(5));

    reload();

    assertThat(steps)
        .containsExactly("announce", "draining", "reloading", "drain for PT0.75S", "exit");
  }

  @Test
  void doesNotEndTheProcessWhenTheLauncherDeclines() {
    declined = "it stops";

    assertThatThrownBy(this::reload).isInstanceOf(ReloadDeclinedException.class);
    assertThat(steps).containsExactly("announce");
  }

  @Test
  void endsTheProcessOnceAcknowledgedWhateverFails() throws Exception {
    broken = new LinkageError("a class is missing");

    reload();

    assertThat(steps).containsExactly("announce", "draining", "exit");
  }

  private void reload() throws ReloadDeclinedException {
    new ProcessReload(new Launcher(), new Exit(), (given, most) -> steps.add("drain for " + most))
        .reload(
            new ReloadRequest(
                new DeployId("d1"), release("running"), release("next"), new Progress()));
  }

  private static Release release(String commit) {
    return new Release(new Commit(commit), Path.of("/releases", commit));
  }

  private final class Launcher implements ReloadAnnouncement {

    @Override
    public Optional<HoldOffer> announce(DeployId id, Commit commit) throws ReloadDeclinedException {
      steps.add("announce");
      if (declined != null) {
        throw new ReloadDeclinedException(declined);
      }
      return Optional.ofNullable(offer);
    }
  }

  private final class Exit implements ServiceExit {

    @Override
    public Duration drainTimeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void exitForReload(Runnable first) {
      first.run();
      steps.add("exit");
    }

    @Override
    public void exitBroken() {
      steps.add("exit broken");
    }
  }

  private final class Progress implements ReloadProgress {

    @Override
    public void draining(Duration limit) {
      steps.add("draining");
      if (broken != null) {
        throw broken;
      }
    }

    @Override
    public void reloading() {
      steps.add("reloading");
    }

    @Override
    public void note(String line) {
      steps.add("note");
    }
  }
}
