package dev.fastdeploy.benchmarks.load;

/**
 * How a load uses connections.
 *
 * @param kept how many are kept for the next request, which the one takes that was idle for
 *     longest; 0 for a connection of its own for each request
 * @param forgotten whether the client resets a connection that it needs no more. The kernel
 *     remembers others for a minute (TIME_WAIT), and while nobody listens it refuses a connection
 *     with the same ports as a remembered one only when the client has asked again: after 3,000
 *     connections that is every fifth, which {@link OpenLoop#synRetransmissions} would count.
 */
public record Connections(int kept, boolean forgotten) {

  /** Each request has one of its own, which the service ends. */
  public static final Connections ONE_EACH = new Connections(0, false);

  /** The same, and the kernel does not remember them. */
  public static final Connections ONE_EACH_FORGOTTEN = new Connections(0, true);

  /** Returns a number of connections that are kept, as that many clients would have one each. */
  public static Connections kept(int number) {
    return new Connections(number, true);
  }

  /** Returns whether a connection is kept for the next request. */
  boolean keeps() {
    return kept > 0;
  }
}
