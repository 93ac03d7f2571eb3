package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.Locale;

/** The default locale and that of each category. */
final class SavedLocale implements Saved {

  private final Locale locale = Locale.getDefault();
  private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale format = Locale.getDefault(Locale.Category.FORMAT);

  @Override
  public String about() {
    return "the default locale";
  }

  @Override
  public void restore(OldGeneration old) {
    // The first also sets the categories.
    Locale.setDefault(locale);
    Locale.setDefault(Locale.Category.DISPLAY, display);
    Locale.setDefault(Locale.Category.FORMAT, format);
  }
}
