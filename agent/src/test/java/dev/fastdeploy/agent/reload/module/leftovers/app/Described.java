package dev.fastdeploy.agent.reload.module.leftovers.app;

/** A bean that {@link DescribedBeanInfo} describes. */
public final class Described {

  public String getName() {
    return "";
  }
}
