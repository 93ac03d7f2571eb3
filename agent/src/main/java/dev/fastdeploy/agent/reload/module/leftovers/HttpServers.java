package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Servers of {@code com.sun.net.httpserver} that were not stopped, which an interrupt does not end.
 */
final class HttpServers implements Step {

  private static final String SERVER = "sun.net.httpserver.ServerImpl";
  private static final String DISPATCHER = SERVER + "$Dispatcher";

  private final JdkInternals jdk;

  HttpServers(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the JDK's HTTP servers";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    ThreadInternals threads = new ThreadInternals(jdk);
    Reach reach = new Reach(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Thread thread : threads.platform()) {
      Object target = threads.target(thread);
      if (target == null || !target.getClass().getName().equals(DISPATCHER)) {
        continue;
      }
      Object server = jdk.readPresent(DISPATCHER, target, "this$0");
      if (reach.leadsToOld(server) || old.ownsLoader(threads.contextLoader(thread))) {
        Object address = jdk.call(SERVER, server, "getAddress", List.of());
        found.add(
            new Leftover(
                "HTTP server at " + address,
                () -> jdk.call(SERVER, server, "stop", List.of(int.class), 0)));
      }
    }
    return found;
  }
}
