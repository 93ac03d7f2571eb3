package dev.fastdeploy.demo.service;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the fates of the requests that the service read. With it a client can prove that a request
 * for which it saw only a reset was never read: all requests that were read have been answered.
 * Thread-safe.
 */
final class Account {

  /** The path of probes: whoever watches the service asks for it at any time. */
  private static final String PROBE = "/health";

  private final AtomicLong read = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong abandoned = new AtomicLong();

  /** Counts a request that was read. */
  void read(Request request) {
    if (!request.path().equals(PROBE)) {
      read.incrementAndGet();
    }
  }

  /** Counts an answer that was handed to the kernel completely. */
  void answered(Request request) {
    if (!request.path().equals(PROBE)) {
      answered.incrementAndGet();
    }
  }

  /** Counts a connection that was given up before a request had been read from it. */
  void abandoned() {
    abandoned.incrementAndGet();
  }

  /** Returns how many were answered, without probes. */
  long answered() {
    return answered.get();
  }

  /** Returns how many were not, and will not be once the service has ended. */
  long cut() {
    return read.get() - answered.get() + abandoned.get();
  }
}
