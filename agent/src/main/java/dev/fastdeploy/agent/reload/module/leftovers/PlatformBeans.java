package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JVM's MBean servers, if there are any. Looking creates none. */
final class PlatformBeans {

  private static final String FACTORY = "java.lang.management.ManagementFactory";
  private static final String SERVERS = "javax.management.MBeanServerFactory";
  private static final String SERVER = "com.sun.jmx.mbeanserver.JmxMBeanServer";
  private static final String INTERCEPTOR = "com.sun.jmx.interceptor.DefaultMBeanServerInterceptor";
  private static final String NAMED = "com.sun.jmx.mbeanserver.NamedObject";

  private final JdkInternals jdk;

  PlatformBeans(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /** Returns the platform's, and those that an application created and did not release. */
  Set<Object> servers() throws InaccessibleException {
    Set<Object> servers = new LinkedHashSet<>();
    if (jdk.initialised(FACTORY)) {
      add(servers, jdk.readStatic(FACTORY, "platformMBeanServer"));
    }
    if (jdk.initialised(SERVERS)
        && jdk.readStatic(SERVERS, "mBeanServerList") instanceof List<?> created) {
      synchronized (created) {
        servers.addAll(created);
      }
    }
    return servers;
  }

  /** Returns every MBean of a server. */
  List<Bean> beans(Object server) throws InaccessibleException {
    Object interceptor = jdk.readPresent(SERVER, server, "mbsInterceptor");
    Object repository = jdk.readPresent(INTERCEPTOR, interceptor, "repository");
    Object domains = jdk.readPresent("com.sun.jmx.mbeanserver.Repository", repository, "domainTb");
    List<Bean> beans = new ArrayList<>();
    for (Object domain : List.copyOf(((Map<?, ?>) domains).values())) {
      for (Object named : List.copyOf(((Map<?, ?>) domain).values())) {
        beans.add(
            new Bean(
                jdk.readPresent(NAMED, named, "name"), jdk.readPresent(NAMED, named, "object")));
      }
    }
    return beans;
  }

  void unregister(Object server, Bean bean) throws InaccessibleException {
    jdk.call(
        "javax.management.MBeanServer",
        server,
        "unregisterMBean",
        List.of(jdk.type("javax.management.ObjectName")),
        bean.name());
  }

  private static void add(Set<Object> set, @Nullable Object value) {
    if (value != null) {
      set.add(value);
    }
  }

  /**
   * An MBean.
   *
   * @param name its object name
   * @param object the registered object, or the JDK's wrapper of it
   */
  record Bean(Object name, Object object) {

    /**
     * Returns true if the JDK registered it. It may then lead to an application, but is not the
     * application's.
     */
    boolean isOfTheJdk() {
      String domain = name.toString().split(":", 2)[0];
      return domain.equals("JMImplementation")
          || domain.startsWith("java.")
          || domain.startsWith("jdk.")
          || domain.startsWith("com.sun.management");
    }
  }
}
