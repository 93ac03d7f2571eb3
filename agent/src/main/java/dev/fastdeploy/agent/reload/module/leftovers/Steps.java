package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/** The steps in order. */
final class Steps {

  private Steps() {}

  /**
   * Returns them. First comes what the application would do at its end, then what runs, then what
   * can be called, then what surviving threads remember, and last caches: an earlier kind may still
   * add to a later one.
   */
  static List<Step> all(JdkInternals jdk) {
    return List.of(
        new ShutdownHooks(jdk),
        new HttpServers(jdk),
        new AsynchronousChannels(jdk),
        new Timers(jdk),
        new Executors(jdk),
        new DelayedCompletions(jdk),
        new CommonPool(jdk),
        new Cleaners(jdk),
        new Threads(jdk),
        new ChildProcesses(jdk),
        new RemoteObjects(jdk),
        new JdbcDrivers(jdk),
        new ZoneRules(jdk),
        new FlightRecordings(jdk),
        new PreferenceListeners(jdk),
        new AwtContexts(jdk),
        new NotificationListeners(jdk),
        new ManagedBeans(jdk),
        new LogHandlers(jdk),
        new LogLevels(jdk),
        new LogListeners(jdk),
        new SecurityProviders(jdk),
        new UrlHandlers(jdk),
        new StaticDefaults(jdk),
        new UncaughtHandlers(jdk),
        new ContextLoaders(jdk),
        new InheritedContexts(jdk),
        new ThreadLocals(jdk),
        new ThreadGroups(jdk),
        new ResourceBundles(jdk),
        new BeanInfos(jdk),
        new BeanCaches(jdk),
        new ClassValues(jdk),
        new MethodHandleCaches(jdk),
        new JarFiles(jdk));
  }
}
