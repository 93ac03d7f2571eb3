package dev.fastdeploy.launcher.fleet.source;

import java.io.Closeable;

/** A source of members. One thread at a time asks it; any thread may close it. */
public interface FleetSource extends Closeable {

  /** Returns the source as the user wrote it, in one line and without secrets. */
  String name();

  /**
   * Asks for all members. Blocks until the source's own deadline at most, and may be called
   * repeatedly.
   *
   * @throws InterruptedException if the thread is interrupted; nothing else is thrown
   */
  SourceAnswer ask() throws InterruptedException;

  /**
   * Asks for all members and for what the platform itself is rolling out there, before a deploy
   * begins.
   *
   * @throws InterruptedException if the thread is interrupted; nothing else is thrown
   */
  default SourceAnswer askBeforeDeploy() throws InterruptedException {
    return ask();
  }

  /** Ends what a question under way still needs. Later answers are unknown. */
  @Override
  void close();
}
