package dev.fastdeploy.launcher.fleet.source;

import java.io.Closeable;

/** Where members come from. Asked by one thread at a time; any thread may close it. */
public interface FleetSource extends Closeable {

  /** The source as the user wrote it, in one line and without secrets. */
  String name();

  /**
   * Asks for all members. Blocks for the source's own deadline at most, and may be called again and
   * again.
   *
   * @throws InterruptedException if the thread is interrupted; nothing else is thrown
   */
  Answer ask() throws InterruptedException;

  /**
   * The same, with what the platform itself is rolling out there: for a deploy that has not begun.
   *
   * @throws InterruptedException if the thread is interrupted; nothing else is thrown
   */
  default Answer askBeforeDeploy() throws InterruptedException {
    return ask();
  }

  /** Ends what an answer that is under way still needs. Later answers are unknown. */
  @Override
  void close();
}
