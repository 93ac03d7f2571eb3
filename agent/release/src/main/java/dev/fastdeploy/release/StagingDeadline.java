package dev.fastdeploy.release;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends a staging that takes too long in total. A store that sends a little now and then is never
 * silent, and would block every other deploy of the instance.
 */
public final class StagingDeadline implements StagingProgress {

  private final StagingProgress progress;
  private final Duration limit;
  private final LongSupplier nanos;
  private final long began;

  /**
   * Creates a deadline that starts now.
   *
   * @param nanos a monotonic clock
   */
  StagingDeadline(StagingProgress progress, Duration limit, LongSupplier nanos) {
    this.progress = progress;
    this.limit = limit;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /**
   * Returns the configured limit, starting now.
   *
   * @throws IllegalArgumentException if it leaves no time, with a message for the user
   */
  public static StagingDeadline of(Settings settings, StagingProgress progress) {
    return new StagingDeadline(progress, limit(settings), System::nanoTime);
  }

  /**
   * Returns the configured limit.
   *
   * @throws IllegalArgumentException if it leaves no time, with a message for the user
   */
  public static Duration limit(Settings settings) {
    Duration limit = settings.requiredDuration(Setting.STAGING_TIMEOUT);
    if (limit.isZero()) {
      throw new IllegalArgumentException(
          Setting.STAGING_TIMEOUT.option()
              + " '"
              + settings.shown(Setting.STAGING_TIMEOUT)
              + "' leaves no time; write one like 5m or 1h");
    }
    return limit;
  }

  @Override
  public void bytes(long done, long total) {
    progress.bytes(done, total);
  }

  @Override
  public void requireGoOn() throws IOException {
    progress.requireGoOn();
    if (nanos.getAsLong() - began > limit.toNanos()) {
      throw new IOException(
          "the staging took longer than the "
              + limit.toMillis()
              + " ms of "
              + Setting.STAGING_TIMEOUT.option()
              + "; check the store and the network, or give it more time");
    }
  }
}
