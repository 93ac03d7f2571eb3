package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/** The default handler of uncaught exceptions. */
final class SavedUncaughtHandler implements Saved {

  private final @Nullable UncaughtExceptionHandler handler =
      Thread.getDefaultUncaughtExceptionHandler();

  @Override
  public String about() {
    return "the default handler of uncaught exceptions";
  }

  @Override
  public void restore(OldGeneration old) {
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }
}
