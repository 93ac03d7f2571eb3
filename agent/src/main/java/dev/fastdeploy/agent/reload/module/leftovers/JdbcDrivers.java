package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * JDBC drivers. {@code DriverManager} lets only the application's own classes remove them, so they
 * are removed from its list.
 */
final class JdbcDrivers implements Step {

  private static final String MANAGER = "java.sql.DriverManager";
  private static final String INFO = "java.sql.DriverInfo";

  private final JdkInternals jdk;

  JdbcDrivers(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "JDBC drivers";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (jdk.initialised(MANAGER)
        && jdk.readStatic(MANAGER, "registeredDrivers") instanceof List<?> registered) {
      Reach reach = new Reach(jdk, old);
      for (Object info : registered) {
        if (reach.leadsToOld(info)) {
          Object driver = jdk.readPresent(INFO, info, "driver");
          found.add(
              new Leftover(
                  "JDBC driver " + driver.getClass().getName(), () -> remove(registered, info)));
        }
      }
    }
    return found;
  }

  private void remove(List<?> registered, Object info) throws InaccessibleException {
    registered.remove(info);
    Object action = jdk.read(INFO, info, "da");
    if (action != null) {
      jdk.call("java.sql.DriverAction", action, "deregister", List.of());
    }
  }
}
