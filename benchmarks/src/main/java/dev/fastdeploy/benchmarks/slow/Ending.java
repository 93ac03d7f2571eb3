package dev.fastdeploy.benchmarks.slow;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/** How a request, or a connection without one, ended for its client. */
public enum Ending {
  /** With the whole answer, and more may follow. */
  ANSWERED,
  /** The server said in the protocol's own way that the connection ends, and nothing was lost. */
  TOLD,
  /** In order, but before the whole answer, or without the protocol's own end. */
  CUT,
  /** It was reset. */
  RESET,
  /** Nobody listened. */
  REFUSED,
  /** Nothing happened for as long as the client waits. */
  TIMED_OUT,
  /** In any other way. */
  OTHER;

  /** Returns what an exception of a connection means; the JDK tells some apart by text alone. */
  static Ending of(IOException failure) {
    String text = failure.toString();
    if (failure instanceof ConnectException) {
      return REFUSED;
    }
    if (failure instanceof SocketTimeoutException) {
      return TIMED_OUT;
    }
    if (text.contains("reset") || text.contains("Broken pipe")) {
      return RESET;
    }
    boolean early = failure instanceof EOFException || failure.getCause() instanceof EOFException;
    return early || failure instanceof SSLException || text.contains("EOF") ? CUT : OTHER;
  }
}
