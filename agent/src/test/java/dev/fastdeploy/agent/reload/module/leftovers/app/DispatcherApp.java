package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/** A dispatcher that is closed, as that of coroutines is: its workers know it by their class. */
public final class DispatcherApp implements Runnable {

  @Override
  public void run() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.new Worker().start();
  }

  private static final class Dispatcher implements Executor, AutoCloseable {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void close() {
      closed = true;
      tasks.add(() -> {});
    }

    private final class Worker extends Thread {
      @Override
      public void run() {
        while (!closed) {
          try {
            tasks.take().run();
          } catch (InterruptedException passedOver) {
            // As those do.
          }
        }
      }
    }
  }
}
