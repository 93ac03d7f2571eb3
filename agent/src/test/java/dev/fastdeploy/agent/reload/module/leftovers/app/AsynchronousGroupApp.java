package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes a group of asynchronous channels of its own. */
public final class AsynchronousGroupApp implements Runnable {

  @Override
  public void run() {
    try {
      AsynchronousChannelGroup.withCachedThreadPool(new Pool(), 1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Pool extends ThreadPoolExecutor {
    Pool() {
      super(0, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
    }
  }
}
