package dev.fastdeploy.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated deploy does the work that is measured: members are moved, and recorded. */
class PlannedFleetTest {

  private static final int MEMBERS = 40;

  @TempDir Path store;

  @Test
  void allMembersAreMovedAndAllThatWasHeardIsInTheRecord() throws Exception {
    try (EnvironmentRecord record =
        new EnvironmentRecord(
            SharedObjects.open(
                new StoreLocation(store.toString(), FleetSite.APP, null, null, false)),
            FleetSite.APP,
            FleetSite.ENVIRONMENT)) {
      PlannedFleet.Result result = new PlannedFleet(MEMBERS, record).deploy();

      assertThat(result.summary().ending()).isEqualTo(Ending.DONE);
      assertThat(result.summary().proven()).isEqualTo(MEMBERS);
      // Ten rounds of a tenth, each longer than a restart at its shortest.
      assertThat(result.virtualMillis()).isGreaterThan(10_000);
      Epoch epoch = record.newest().orElseThrow();
      assertThat(epoch.closing()).extracting(Closing::summary).isEqualTo(result.summary());
      assertThat(record.replay(epoch)).hasSizeGreaterThan(12 * MEMBERS);
    }
  }
}
