package dev.fastdeploy.agent.reload.process.polite;

import dev.fastdeploy.contract.Diagnostics;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes the HTTP servers of this JVM end their kept-alive connections. Until it is asked to, it
 * does nothing at all. Thread-safe.
 */
public final class PoliteServers {

  /** Many times what it takes; another agent's transformers run as well. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The end of the name of each server that answers several requests of a connection at once. */
  private static final String SEVERAL_AT_ONCE = "HTTP/2";

  private final Instrumentation instrumentation;

  /**
   * The servers that end their connections by themselves from now on.
   *
   * @param names in order
   * @param all whether these are all that were found
   */
  public record Changed(List<String> names, boolean all) {

    /** Copies the names. */
    public Changed {
      names = List.copyOf(names);
    }

    /** Returns true if one of them answers several requests of a connection at once. */
    public boolean severalAtOnce() {
      return names.stream().anyMatch(name -> name.endsWith(SEVERAL_AT_ONCE));
    }
  }

  /** Creates it for the JVM of an instrumentation, which must be able to retransform classes. */
  public PoliteServers(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Changes the HTTP servers whose classes are loaded, except the agent's own, so that the next
   * answer of each HTTP/1.1 connection says {@code Connection: close} and is the last, and the next
   * request of each HTTP/2 connection is answered after a GOAWAY that refuses no stream. Jetty
   * refuses streams once none is open, in a way that lets clients repeat them. Never throws: what
   * cannot be changed is said in a line. Ends after ten seconds in any case. The changes stay,
   * unless another agent has the same class transformed again.
   *
   * @return the servers that were changed
   */
  public Changed endKeptAlive() {
    NavigableSet<String> polite = new ConcurrentSkipListSet<>();
    AtomicBoolean all = new AtomicBoolean();
    try {
      Thread worker =
          new Thread(null, () -> all.set(change(polite)), "fastdeploy-polite", 0, false);
      worker.setDaemon(true);
      worker.start();
      worker.join(LIMIT.toMillis());
      if (worker.isAlive()) {
        Diagnostics.say(
            "some HTTP servers keep connections alive: they could not be changed within "
                + LIMIT.toSeconds()
                + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      say("the HTTP servers keep", failure);
    }
    return new Changed(List.copyOf(polite), all.get());
  }

  /** Returns true if each server that was found was changed. */
  private boolean change(NavigableSet<String> polite) {
    boolean all = true;
    try {
      for (LoadedServer server :
          LoadedServer.among(
              instrumentation.getAllLoadedClasses(), PoliteServers.class.getClassLoader())) {
        all &= change(server, polite);
      }
      return all;
    } catch (Throwable failure) {
      say("the HTTP servers keep", failure);
      return false;
    }
  }

  private boolean change(LoadedServer server, NavigableSet<String> polite) {
    try {
      for (Insertion insertion : server.insertions()) {
        insertion.in(instrumentation);
      }
      polite.add(server.name());
      return true;
    } catch (Throwable failure) {
      say(server.name() + " keeps", failure);
      return false;
    }
  }

  private static void say(String subject, Throwable failure) {
    Diagnostics.say(subject + " connections alive: " + Diagnostics.reason(failure));
  }
}
