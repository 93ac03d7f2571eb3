package dev.fastdeploy.launcher.report;

import dev.fastdeploy.launcher.fleet.InstanceView;

/** Shows what instances run. */
@FunctionalInterface
public interface StatusReport {

  /** Shows one instance. */
  void show(InstanceView view);
}
