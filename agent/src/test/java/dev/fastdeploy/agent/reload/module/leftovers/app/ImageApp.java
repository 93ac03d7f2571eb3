package dev.fastdeploy.agent.reload.module.leftovers.app;

import javax.imageio.spi.IIORegistry;

/** Registers a reader of images. */
public final class ImageApp implements Runnable {

  @Override
  public void run() {
    IIORegistry.getDefaultInstance().registerServiceProvider(new LabReader());
  }
}
