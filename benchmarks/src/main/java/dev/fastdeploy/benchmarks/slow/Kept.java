package dev.fastdeploy.benchmarks.slow;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection that is opened with its first request and kept for the next. */
final class Kept implements Closeable {

  private final Site site;
  private final Opener opener;
  private @Nullable Connection connection;

  /** Opens a connection. */
  interface Opener {
    Connection open(Site site) throws IOException;
  }

  Kept(Site site, Opener opener) {
    this.site = site;
    this.opener = opener;
  }

  private Connection connection() throws IOException {
    if (connection == null) {
      connection = opener.open(site);
    }
    return connection;
  }

  /** Asks once; the answer may tell that the connection ends. */
  Ending ask() throws IOException {
    connection().send("GET", "/work");
    return connection().answered() ? Ending.ANSWERED : Ending.TOLD;
  }

  boolean hasEnded() throws IOException {
    return connection().hasEnded();
  }

  /** Waits until the server ends the idle connection. */
  Ending awaitEnd() throws IOException {
    return connection().awaitEnd();
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
    }
  }
}
