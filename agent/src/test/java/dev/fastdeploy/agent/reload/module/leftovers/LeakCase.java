package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/**
 * An application that leaves something, and the step that clears it.
 *
 * @param upTo the last version of Java that is prone to it
 */
record LeakCase(String app, Class<? extends Step> step, int from, int upTo) {

  private static final int ANY = 99;

  /** In this order: what the JDK keeps for all is made by whoever comes first. */
  static final List<LeakCase> ALL =
      List.of(
          new LeakCase("InheritedContextApp", InheritedContexts.class, 17, 23),
          of("HookApp", ShutdownHooks.class),
          of("HttpServerApp", HttpServers.class),
          of("AsynchronousServerApp", AsynchronousChannels.class),
          of("AsynchronousGroupApp", AsynchronousChannels.class),
          of("TimerApp", Timers.class),
          of("IdleTimerApp", Timers.class),
          of("ExecutorApp", Executors.class),
          of("ScheduledApp", Executors.class),
          of("ForkJoinApp", Executors.class),
          of("EventLoopApp", Executors.class),
          of("DispatcherApp", Executors.class),
          of("StartedPoolApp", Executors.class),
          new LeakCase("DelayedCompletionApp", DelayedCompletions.class, 17, 24),
          of("CommonPoolApp", CommonPool.class),
          of("CleanerApp", Cleaners.class),
          of("ThreadApp", Threads.class),
          new LeakCase("HttpClientApp", Threads.class, 17, 20),
          new LeakCase("HttpClientApp", Cleaners.class, 25, ANY),
          new LeakCase("VirtualThreadApp", Threads.class, 21, ANY),
          of("RemoteApp", RemoteObjects.class),
          of("DriverApp", JdbcDrivers.class),
          of("ZoneRulesApp", ZoneRules.class),
          of("FlightRecordingApp", FlightRecordings.class),
          of("PreferencesApp", PreferenceListeners.class),
          of("ImageApp", AwtContexts.class),
          of("ListenerApp", NotificationListeners.class),
          of("BeanApp", ManagedBeans.class),
          of("LogHandlerApp", LogHandlers.class),
          of("LogLevelApp", LogLevels.class),
          of("LogListenerApp", LogListeners.class),
          of("ProviderApp", SecurityProviders.class),
          of("UrlHandlerApp", UrlHandlers.class),
          of("UrlHandlerApp", StaticDefaults.class),
          of("DefaultsApp", StaticDefaults.class),
          of("UncaughtHandlerApp", UncaughtHandlers.class),
          of("ContextLoaderApp", ContextLoaders.class),
          of("ThreadLocalApp", ThreadLocals.class),
          new LeakCase("ThreadGroupApp", ThreadGroups.class, 17, 18),
          of("BundleApp", ResourceBundles.class),
          of("BeanInfoApp", BeanInfos.class),
          of("IntrospectorApp", BeanCaches.class),
          of("ClassValueApp", ClassValues.class),
          of("RecordApp", MethodHandleCaches.class));

  private static LeakCase of(String app, Class<? extends Step> step) {
    return new LeakCase(app, step, 17, ANY);
  }

  boolean isFor(int feature) {
    return from <= feature && feature <= upTo;
  }

  String name() {
    return app + "/" + step.getSimpleName();
  }
}
