package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Registers a reader of images. */
public final class ImageApp implements Runnable {

  @Override
  public void run() {
    IIORegistry.getDefaultInstance().registerServiceProvider(new Spi());
  }

  private static final class Spi extends ImageReaderSpi {
    @Override
    public boolean canDecodeInput(Object source) {
      return false;
    }

    @Override
    public ImageReader createReaderInstance(Object extension) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getDescription(Locale locale) {
      return "lab";
    }
  }
}
