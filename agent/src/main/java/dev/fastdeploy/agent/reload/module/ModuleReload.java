package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.Obstacle;
import dev.fastdeploy.agent.reload.OldLoaders;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadProgress;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.module.Generation.Standing;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.StrategyName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the class loader in which the application runs, in the same JVM: runs its shutdown
 * hooks, clears what it left behind, and starts the {@code main} of the other release. Thread-safe;
 * one reload runs at a time.
 */
public final class ModuleReload implements InPlaceReload, ApplicationClasses {

  /** For threads to end and other clearing, after the time that the hooks had. */
  private static final Duration CLEARING = Duration.ofSeconds(5);

  private final ApplicationCommand command;
  private final String stub;
  private final GivenPaths paths;
  private final Generations generations;
  private final LeftoverCleaning cleaning;
  private final Duration drainTimeout;
  private final int maxLeaked;
  private final Keeper keeper = new Keeper();

  /**
   * @param stub the name of the main class, for which the system loader has a stub
   * @param drainTimeout longest time for shutdown hooks
   * @param maxLeaked number of old loaders that may stay in memory
   */
  ModuleReload(
      ApplicationCommand command,
      String stub,
      GivenPaths paths,
      Generations generations,
      LeftoverCleaning cleaning,
      Duration drainTimeout,
      int maxLeaked) {
    this.command = command;
    this.stub = stub;
    this.paths = paths;
    this.generations = generations;
    this.cleaning = cleaning;
    this.drainTimeout = drainTimeout;
    this.maxLeaked = maxLeaked;
  }

  @Override
  public String name() {
    return StrategyName.MODULE;
  }

  @Override
  public Optional<Obstacle> obstacle() {
    if (!generations.started()) {
      return Optional.of(
          new Obstacle(
              "the application's main was not started by the agent: its class was loaded before,"
                  + " or has not been started yet",
              true));
    }
    Optional<String> library = cleaning.nativeLibrary(generations.current());
    if (library.isPresent()) {
      return Optional.of(
          new Obstacle(
              "the service has loaded the native library '"
                  + library.get()
                  + "', which no second class loader can load; use the strategy process",
              false));
    }
    int staying = cleaning.staying();
    return staying > maxLeaked
        ? Optional.of(
            new Obstacle(
                staying
                    + " class loaders of earlier releases stayed in memory, more than "
                    + maxLeaked
                    + " (--max-leaked-loaders); use the strategy process",
                true))
        : Optional.empty();
  }

  @Override
  public void examine(Release running, Release staged) throws ReloadDeclinedException {
    try {
      command.compare(running.directory(), staged.directory());
      String mainClass = command.mainClass(staged.directory());
      try (ReleaseModule module = open(staged)) {
        if (module.loader().getResource(mainClass.replace('.', '/') + ".class") == null) {
          throw new ReloadDeclinedException(
              "the release has no class " + mainClass + ", the main class, on its class path");
        }
      }
    } catch (IOException failure) {
      throw unreadable(staged, failure);
    }
  }

  private ReleaseModule open(Release release) throws IOException {
    return ReleaseModule.open(
        release.commit().id(), ClassPathRoots.of(command.entries(), release.directory()));
  }

  private static ReloadDeclinedException unreadable(Release release, IOException failure) {
    return new ReloadDeclinedException(
        "the release " + release.commit() + " cannot be read: " + Diagnostics.reason(failure));
  }

  @Override
  public Optional<OldLoaders> oldLoaders() {
    return Optional.of(cleaning.facts());
  }

  @Override
  public synchronized void reload(ReloadRequest request) throws ReloadDeclinedException {
    cleaning.lookAnew();
    Optional<Obstacle> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new ReloadDeclinedException(obstacle.get().reason());
    }
    replace(request.to(), request.progress());
  }

  @Override
  public Optional<String> failure() {
    Generation generation = generations.current();
    boolean endedByItself =
        generation.standing() == Standing.ON_PROBATION
            && generation.mainEnded()
            && !generations.othersKeepTheJvm();
    return generation
        .failure()
        .or(
            () ->
                endedByItself
                    ? Optional.of("its main ended, and no thread of it keeps the JVM alive")
                    : Optional.empty());
  }

  @Override
  public synchronized void restore(Release before) throws ReloadDeclinedException {
    // If the JVM ended by itself now it would seem to have ended well, so it is held until it
    // serves.
    replace(before, new SaidOnly());
  }

  @Override
  public void restored() {
    proven();
  }

  @Override
  public boolean replacesFiles() {
    return true;
  }

  @Override
  public boolean passesOver(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    Generation generation = GenerationLoader.generationOf(loader);
    return generation == null
        ? generations.started()
            && loader == ClassLoader.getSystemClassLoader()
            && type.getName().equals(stub)
        : generation.standing() == Standing.OVER;
  }

  @Override
  public byte[] loaded(@Nullable ClassLoader loader, byte[] file) {
    byte[] rewritten = CallRewriting.inClassOf(loader, file);
    return rewritten == null ? file : rewritten;
  }

  @Override
  public void processEnds() {
    generations.processEnds();
  }

  @Override
  public synchronized void proven() {
    generations.current().proven();
    keeper.release();
  }

  /**
   * Opens the other release first: one that cannot be read must not cost the running one its life.
   */
  private void replace(Release release, ReloadProgress progress) throws ReloadDeclinedException {
    Generation next;
    try {
      String mainClass = command.mainClass(release.directory());
      next =
          new Generation(
              release.commit(),
              release.directory(),
              mainClass,
              open(release),
              Standing.ON_PROBATION);
    } catch (IOException failure) {
      throw unreadable(release, failure);
    }
    keeper.hold();
    progress.draining(drainTimeout);
    stopCurrent(progress);
    progress.reloading();
    start(next);
  }

  private void start(Generation next) {
    paths.setProperties(System.getProperties(), next.release());
    try {
      generations.start(next, paths.arguments(generations.arguments(), next.release()));
    } catch (OutOfMemoryError noThread) {
      next.fail("it could not be started: " + Diagnostics.reason(noThread));
    }
  }

  private void stopCurrent(ReloadProgress progress) {
    Generation old = generations.current();
    for (Thread late : runHooks()) {
      progress.note(
          "the shutdown hook "
              + late.getName()
              + " did not end within "
              + drainTimeout.toMillis()
              + " ms");
    }
    cleaning.clear(old, CLEARING).forEach(progress::note);
    old.close();
    cleaning.follow(old);
  }

  private List<Thread> runHooks() {
    try {
      return generations.stopCurrent(drainTimeout);
    } catch (InterruptedException notOurs) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** For a reload whose progress nobody follows. */
  private static final class SaidOnly implements ReloadProgress {

    @Override
    public void draining(Duration limit) {
      // Already over.
    }

    @Override
    public void reloading() {
      // The deployer knows, because it asked for it.
    }

    @Override
    public void note(String line) {
      Diagnostics.say(line);
    }
  }
}
