package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Bridges logging to itself, and formats the console's in its own way. */
public final class LogHandlerApp implements Runnable {

  @Override
  public void run() {
    Logger root = Logger.getLogger("");
    root.addHandler(new Bridge());
    for (Handler handler : root.getHandlers()) {
      if (handler instanceof ConsoleHandler) {
        handler.setFormatter(new Format());
        handler.setFilter(record -> true);
      }
    }
  }

  private static final class Format extends SimpleFormatter {}

  private static final class Bridge extends Handler {
    @Override
    public void publish(LogRecord record) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
