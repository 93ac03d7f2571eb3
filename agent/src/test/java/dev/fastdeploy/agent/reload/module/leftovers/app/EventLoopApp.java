package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An executor of its own whose thread passes over an interrupt, as an event loop's does. */
public final class EventLoopApp implements Runnable {

  @Override
  public void run() {
    new Loop().start();
  }

  private static final class Loop extends AbstractExecutorService {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean shut;

    /** Wrapped, as a thread factory may do it. */
    void start() {
      Runnable loop = this::loop;
      new Thread(new Wrapped(loop), "app-loop").start();
    }

    private void loop() {
      while (!shut) {
        try {
          tasks.take().run();
        } catch (InterruptedException passedOver) {
          // As those do.
        }
      }
      ended.countDown();
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void shutdown() {
      shut = true;
      tasks.add(() -> {});
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shut;
    }

    @Override
    public boolean isTerminated() {
      return ended.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
      return ended.await(time, unit);
    }
  }

  private record Wrapped(Runnable task) implements Runnable {
    @Override
    public void run() {
      task.run();
    }
  }
}
