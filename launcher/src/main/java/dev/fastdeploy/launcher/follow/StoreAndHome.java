package dev.fastdeploy.launcher.follow;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StoreDirectory;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.release.HomeLimit;
import dev.fastdeploy.release.ReleaseStaging;
import dev.fastdeploy.release.StagingDeadline;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.StagingProgress;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The store and home that the settings of the instance name. */
final class StoreAndHome implements Surroundings {

  private final Settings settings;
  private final Home home;
  private final String app;
  private final EnvironmentName environment;
  private final StoreLocation location;

  StoreAndHome(Settings settings, Home home, EnvironmentName environment) {
    this.settings = settings;
    this.home = home;
    this.app = settings.required(Setting.APP);
    this.environment = environment;
    this.location = StoreLocation.of(settings);
  }

  @Override
  public Optional<Epoch> newest() throws IOException {
    // A missing directory has no record, which must not look like an environment without one.
    Optional<Path> directory = StoreDirectory.of(settings.required(Setting.STORE));
    if (directory.isPresent() && !Files.isDirectory(directory.get())) {
      throw new IOException("the store '" + directory.get() + "' is not a directory; mount it");
    }
    try (EnvironmentRecord record =
        new EnvironmentRecord(SharedObjects.open(location), app, environment.name())) {
      return record.newest();
    }
  }

  @Override
  public void remember(int epoch) throws IOException {
    Fence fence = new Fence(app, environment, epoch, 0);
    if (isNews(fence, home.state())) {
      home.change(state -> isNews(fence, state) ? state.withFence(fence) : state);
    }
  }

  private static boolean isNews(Fence fence, HomeState state) {
    Fence known = state.fence();
    return known == null
        || !known.isOf(fence.app(), fence.environment())
        || known.epoch() < fence.epoch();
  }

  @Override
  public boolean isStaged(Commit commit) throws IOException {
    return home.release(commit).isPresent();
  }

  @Override
  public void stage(Commit commit) throws IOException {
    try (PublishedReleases store = ReleaseStores.of(settings)) {
      new ReleaseStaging(home, StagingLimits.of(settings), HomeLimit.of(settings))
          .stage(commit, store, StagingDeadline.of(settings, StagingProgress.NONE));
    } catch (IOException failure) {
      throw new IOException(
          "its stable release '" + commit + "' cannot be staged: " + Diagnostics.reason(failure),
          failure);
    }
  }
}
