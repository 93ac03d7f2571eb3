package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.OpenFilesLimit;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoredArchive;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The store's knowledge of the releases of a deploy. A release that is no longer there has no
 * digest, and so is not taken for a different one.
 *
 * @param digests the archives' digests, in hex
 * @param archiveBytes size of the deployed commit's archive; 0 if it is not in the store
 */
record StoredReleases(Map<Commit, String> digests, long archiveBytes) {

  StoredReleases {
    digests = Map.copyOf(digests);
  }

  /** Asks the store. */
  static StoredReleases of(Plan plan, Settings settings) throws IOException {
    Map<Commit, String> digests = new HashMap<>();
    try (PublishedReleases store = ReleaseStores.of(settings)) {
      Optional<StoredArchive> wanted = store.find(plan.commit());
      wanted.ifPresent(found -> digests.put(plan.commit(), found.sha256()));
      Commit stable = plan.stable();
      if (stable != null) {
        store.find(stable).ifPresent(found -> digests.put(stable, found.sha256()));
      }
      return new StoredReleases(digests, wanted.map(StoredArchive::size).orElse(0L));
    }
  }

  /** Returns what this command has at hand to carry out the deploy. */
  Input.Means means() {
    return new Input.Means(OpenFilesLimit.ofThisProcess().orElse(0), archiveBytes);
  }
}
