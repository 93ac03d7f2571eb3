package dev.fastdeploy.agent.staging;

import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployConditions;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.JdkModule;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StoreDirectory;
import dev.fastdeploy.release.HomeLimit;
import dev.fastdeploy.release.ReleaseStaging;
import dev.fastdeploy.release.StagingDeadline;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.StagingProgress;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stages from the configured store, in this process. The store is opened for each staging and
 * closed afterwards: a service deploys rarely, and an S3 client takes memory.
 */
public final class StoreStager implements Stager {

  private static final String XML = "java.xml";

  private final @Nullable Home home;
  private final Settings settings;

  /**
   * @param home the service's home, if it has one
   */
  public StoreStager(@Nullable Home home, Settings settings) {
    this.home = home;
    this.settings = settings;
  }

  @Override
  public Optional<String> unusableBecause() {
    Optional<String> missing = DeployConditions.missingStore(settings);
    if (missing.isPresent()) {
      return missing;
    }
    try {
      ReleaseStores.check(settings);
      StagingLimits.of(settings);
      HomeLimit.of(settings);
      StagingDeadline.limit(settings);
      return missingModule();
    } catch (IllegalArgumentException incomplete) {
      return Optional.of(Diagnostics.reason(incomplete));
    }
  }

  /**
   * Returns the missing module, if any. The SDK reads XML, which a jlink runtime or a module path
   * may omit.
   */
  private Optional<String> missingModule() {
    return isInS3(settings) ? JdkModule.missing("a store in S3", XML) : Optional.empty();
  }

  /** Returns true if the store needs the AWS SDK. */
  static boolean isInS3(Settings settings) {
    return settings.text(Setting.STORE).filter(s -> StoreDirectory.of(s).isEmpty()).isPresent();
  }

  @Override
  public void stage(Commit commit, ExpectedRelease expected, Progress progress) throws IOException {
    if (home == null) {
      throw new IOException("the service has no home");
    }
    try (PublishedReleases store = ReleaseStores.of(settings)) {
      new ReleaseStaging(home, StagingLimits.of(settings), HomeLimit.of(settings))
          .stage(
              commit,
              expected.sha256(),
              store,
              StagingDeadline.of(settings, new ToldToTheDeploy(progress)));
    }
  }

  private record ToldToTheDeploy(Progress deploy) implements StagingProgress {

    @Override
    public void bytes(long done, long total) {
      deploy.bytes(done, total);
    }

    @Override
    public void requireGoOn() throws IOException {
      deploy.requireGoOn();
    }
  }
}
