package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** A reader of images that can read none. */
class LabReader extends ImageReaderSpi {

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
