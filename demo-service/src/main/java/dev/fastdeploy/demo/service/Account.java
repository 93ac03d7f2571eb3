package dev.fastdeploy.demo.service;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what became of the requests that the service read. With it a client can prove that a
 * request of which it saw only a reset was never read: all that were read have been answered.
 * Thread-safe.
 */
final class Account {

  /** Asked by whoever watches the service, at times of its own. */
  private static final String PROBE = "/health";

  private final AtomicLong read = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong abandoned = new AtomicLong();

  /** A request was read. */
  void read(Request request) {
    if (!request.path().equals(PROBE)) {
      read.incrementAndGet();
    }
  }

  /** Its answer was handed to the kernel, whole. */
  void answered(Request request) {
    if (!request.path().equals(PROBE)) {
      answered.incrementAndGet();
    }
  }

  /** A connection was given up before a request had been read from it. */
  void abandoned() {
    abandoned.incrementAndGet();
  }

  /** How many were answered; probes are left out. */
  long answered() {
    return answered.get();
  }

  /** How many were not, and will not be once the service has ended. */
  long cut() {
    return read.get() - answered.get() + abandoned.get();
  }
}
