package dev.fastdeploy.launcher.fleet;

/** Is told what happens on the fleet, by one thread, in order. */
@FunctionalInterface
public interface FleetListener {

  /** Takes note of an event; must not block for long, as all instances wait meanwhile. */
  void on(FleetEvent event);
}
