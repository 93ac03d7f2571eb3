package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.deploy.ConnectionHolding;
import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.agent.deploy.ServiceFacts;
import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.StrategyName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that surrounds the deploys of one process of an instance and is not there: the service, its
 * launcher, a store that takes some time. Thread-safe.
 */
final class FakeService implements Stager, LauncherPort, ReloadStrategy, ServiceExit, ServiceFacts {

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
  private static final ClassOrigin CLASSES = new ClassOrigin(1, 0, "", List.of(), "", false, "");

  private final MemoryHome home;
  private final Duration staging;
  private final Runnable exit;
  private volatile boolean ready;
  private volatile boolean withdrawn;

  /**
   * @param staging how long it takes to lay out a release
   * @param exit ends the process, to come back with the current release
   */
  FakeService(MemoryHome home, Duration staging, Runnable exit) {
    this.home = home;
    this.staging = staging;
    this.exit = exit;
  }

  /** The service answers from now on. */
  void becomesReady() {
    ready = true;
  }

  @Override
  public Optional<String> unusableBecause() {
    return Optional.empty();
  }

  @Override
  public void stage(Commit commit, ExpectedRelease expected, Progress progress) throws IOException {
    try {
      Thread.sleep(staging.toMillis());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the process ends");
    }
    progress.requireGoOn();
    home.put(commit, expected.sha256());
  }

  @Override
  public Optional<String> absentBecause() {
    return Optional.empty();
  }

  @Override
  public void runs(Commit commit, boolean onProbation) {
    // Nothing reloads in place here.
  }

  @Override
  public Supplier<List<String>> lastLines() {
    return List::of;
  }

  @Override
  public String name() {
    return StrategyName.PROCESS;
  }

  @Override
  public void reload(ReloadRequest request) throws ReloadDeclinedException {
    request.progress().draining(DRAIN_LIMIT);
    request.progress().reloading();
    exit.run();
  }

  @Override
  public Duration drainTimeout() {
    return DRAIN_LIMIT;
  }

  @Override
  public void exitForReload(Runnable first) {
    exit.run();
  }

  @Override
  public void exitBroken() {
    exit.run();
  }

  @Override
  public Optional<String> unreadyBecause() {
    return inService() ? Optional.empty() : Optional.of("it starts or ends");
  }

  @Override
  public boolean inService() {
    return ready && !withdrawn;
  }

  @Override
  public void readinessWithdrawn(String because) {
    withdrawn = true;
  }

  @Override
  public void readinessReturned() {
    withdrawn = false;
  }

  @Override
  public void releaseChanged(Release release, boolean newFiles) {
    // Nothing reloads in place here.
  }

  @Override
  public ClassOrigin classes() {
    return CLASSES;
  }

  @Override
  public ConnectionHolding connections() {
    return ConnectionHolding.OFF;
  }

  @Override
  public Optional<String> staleBecause() {
    return Optional.empty();
  }
}
