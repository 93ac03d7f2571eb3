package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.beans.BeanDescriptor;
import java.beans.SimpleBeanInfo;

/** Found by its name. */
public final class DescribedBeanInfo extends SimpleBeanInfo {

  private final BeanDescriptor descriptor = new BeanDescriptor(Described.class, null);

  @Override
  public BeanDescriptor getBeanDescriptor() {
    descriptor.setValue("described by", this);
    return descriptor;
  }
}
