package dev.fastdeploy.agent.reload.module.leftovers.app;

import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Registered;

/** Has a periodic event, and listens to the flight recorder. */
public final class FlightRecordingApp implements Runnable {

  @Override
  public void run() {
    FlightRecorder.addPeriodicEvent(Beat.class, () -> new Beat().commit());
    FlightRecorder.addListener(new FlightRecorderListener() {});
  }

  @Registered
  private static final class Beat extends Event {}
}
