package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.beans.IntrospectionException;
import java.beans.Introspector;

/** Has a bean of its own looked at. */
public final class IntrospectorApp implements Runnable {

  @Override
  public void run() {
    try {
      Introspector.getBeanInfo(Bean.class);
    } catch (IntrospectionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The bean. */
  public static final class Bean {
    private String name = "";

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }
  }
}
