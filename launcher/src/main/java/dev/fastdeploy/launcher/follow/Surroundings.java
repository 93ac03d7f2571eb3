package dev.fastdeploy.launcher.follow;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import java.util.Optional;

/** The record of the environment, the store and the home of a container that follows. */
interface Surroundings {

  /** Returns the newest epoch of the record, or nothing before the first. */
  Optional<Epoch> newest() throws IOException;

  /** Makes the home refuse deploys of older epochs from now on. */
  void remember(int epoch) throws IOException;

  /** Returns whether a release is in the home. */
  boolean isStaged(Commit commit) throws IOException;

  /** Fetches, verifies and lays out a release. */
  void stage(Commit commit) throws IOException;
}
