package dev.fastdeploy.launcher.fleet;

/** Listens to the events of a fleet. One thread calls it, in order. */
@FunctionalInterface
public interface FleetListener {

  /** Takes an event. Must not block for long, because all instances wait meanwhile. */
  void on(FleetEvent event);
}
