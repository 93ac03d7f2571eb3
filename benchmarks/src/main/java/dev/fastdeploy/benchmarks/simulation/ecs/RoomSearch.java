package dev.fastdeploy.benchmarks.simulation.ecs;

import java.util.OptionalLong;

/** Decides whether the scheduler goes on looking for room or pauses. Not thread-safe. */
final class RoomSearch {

  private static final long NEVER = -1;

  private final Placement placement;
  private long withoutRoomSince = NEVER;
  private long pausedUntil;

  RoomSearch(Placement placement) {
    this.placement = placement;
  }

  /** Returns how many tasks may be launched for which there is no room. */
  int mayWait() {
    return placement instanceof Placement.Provisioning provisioning ? provisioning.most() : 0;
  }

  /**
   * Tells what the scheduler found.
   *
   * @param found whether there is room for one task at least
   * @return whether it launches nothing now
   */
  boolean pauses(long now, boolean found) {
    if (now < pausedUntil) {
      return true;
    }
    if (found) {
      withoutRoomSince = NEVER;
      return false;
    }
    if (withoutRoomSince == NEVER) {
      withoutRoomSince = now;
    }
    if (placement instanceof Placement.Pause pause
        && now - withoutRoomSince >= pause.after().toMillis()) {
      pausedUntil = now + pause.pause().toMillis();
      withoutRoomSince = NEVER;
    }
    return true;
  }

  /** Returns when it must look again even if nothing else happens, or empty if it need not. */
  OptionalLong nextLook(long now) {
    if (!(placement instanceof Placement.Pause pause)) {
      return OptionalLong.empty();
    }
    long next =
        withoutRoomSince == NEVER ? pausedUntil : withoutRoomSince + pause.after().toMillis();
    return OptionalLong.of(Math.max(now, next));
  }
}
