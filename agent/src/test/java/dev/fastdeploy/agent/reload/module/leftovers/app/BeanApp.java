package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Registers MBeans: one of its own, one in a wrapper of the JDK. */
public final class BeanApp implements Runnable {

  @Override
  public void run() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      server.registerMBean(new Counter(), new ObjectName("lab:type=Counter"));
      server.registerMBean(
          new StandardMBean(new Counter(), CounterMBean.class), new ObjectName("lab:type=Wrapped"));
    } catch (JMException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** What is shown. */
  public interface CounterMBean {
    int getCount();
  }

  /** What is counted. */
  public static final class Counter implements CounterMBean {
    @Override
    public int getCount() {
      return 1;
    }
  }
}
