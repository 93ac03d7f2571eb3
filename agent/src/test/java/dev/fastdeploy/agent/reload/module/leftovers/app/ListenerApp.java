package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.lang.management.ManagementFactory;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/** Listens to the garbage collectors, as metrics libraries do. */
public final class ListenerApp implements Runnable {

  @Override
  public void run() {
    NotificationListener listener = (notification, handback) -> {};
    ManagementFactory.getGarbageCollectorMXBeans()
        .forEach(
            bean -> ((NotificationEmitter) bean).addNotificationListener(listener, null, null));
  }
}
