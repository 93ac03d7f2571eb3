package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.beans.IntrospectionException;
import java.beans.Introspector;

/** Has a bean looked at that comes with a description of its own. */
public final class BeanInfoApp implements Runnable {

  @Override
  public void run() {
    try {
      Introspector.getBeanInfo(Described.class);
    } catch (IntrospectionException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
