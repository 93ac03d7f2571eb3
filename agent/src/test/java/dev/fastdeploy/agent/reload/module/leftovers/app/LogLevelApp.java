package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Gives a logger of everybody a level and a filter of its own. */
public final class LogLevelApp implements Runnable {

  @Override
  public void run() {
    Logger.getLogger("").setLevel(new AppLevel());
    Logger.getGlobal().setFilter(record -> true);
  }

  private static final class AppLevel extends Level {
    private static final long serialVersionUID = 1;

    AppLevel() {
      super("APP", 850);
    }
  }
}
