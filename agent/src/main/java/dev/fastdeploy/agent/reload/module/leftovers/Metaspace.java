package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/**
 * Measures the memory that classes take. This initialises parts of {@code java.lang.management},
 * though not the platform's MBean server, so it must not be used before an application has started.
 */
final class Metaspace {

  private static final String POOL = "java.lang.management.MemoryPoolMXBean";

  private final JdkInternals jdk;

  Metaspace(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /** Returns the bytes in use, or 0 if the JVM does not reveal them. */
  long bytes() {
    try {
      Object pools =
          jdk.call(
              "java.lang.management.ManagementFactory", null, "getMemoryPoolMXBeans", List.of());
      for (Object pool : pools instanceof List<?> list ? list : List.of()) {
        if ("Metaspace".equals(jdk.call(POOL, pool, "getName", List.of()))) {
          return used(pool);
        }
      }
      return 0;
    } catch (InaccessibleException untold) {
      return 0;
    }
  }

  private long used(Object pool) throws InaccessibleException {
    Object usage = jdk.call(POOL, pool, "getUsage", List.of());
    Object used =
        usage == null
            ? null
            : jdk.call("java.lang.management.MemoryUsage", usage, "getUsed", List.of());
    return used instanceof Long bytes ? bytes : 0;
  }
}
