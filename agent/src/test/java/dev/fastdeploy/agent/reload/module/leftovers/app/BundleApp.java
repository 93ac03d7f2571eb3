package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.ResourceBundle;

/** Uses a resource bundle. */
public final class BundleApp implements Runnable {

  @Override
  public void run() {
    ResourceBundle.getBundle(Texts.class.getName(), Locale.ROOT, Texts.class.getClassLoader())
        .getString("a");
  }

  /** The bundle. */
  public static final class Texts extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {{"a", "b"}};
    }
  }
}
