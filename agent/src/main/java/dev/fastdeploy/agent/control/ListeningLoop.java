package dev.fastdeploy.agent.control;

import io.grpc.netty.shaded.io.netty.channel.IoHandle;
import io.grpc.netty.shaded.io.netty.channel.IoHandler;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.IoRegistration;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandle;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The event loop's I/O by NIO, which never leaves a client without an answer.
 *
 * <p>When the loop's thread ends, for whatever reason, the listening socket and every connection
 * are closed. Netty leaves the sockets open if an {@link Error} ended the loop, and the kernel
 * would accept connections that nobody answers. If a thread of the endpoint runs out of memory, the
 * connections are closed, because Netty's handlers catch such an error and their client would wait.
 */
final class ListeningLoop implements IoHandler {

  private final IoHandler nio;
  private final AtomicBoolean withoutMemory;
  private final List<NioIoHandle> open = new ArrayList<>();

  private ListeningLoop(IoHandler nio, AtomicBoolean withoutMemory) {
    this.nio = nio;
    this.withoutMemory = withoutMemory;
  }

  /**
   * Makes the I/O of one loop.
   *
   * @param withoutMemory is set when a thread of the endpoint runs out of memory
   */
  static IoHandlerFactory factory(AtomicBoolean withoutMemory) {
    IoHandlerFactory nio = NioIoHandler.newFactory();
    return executor -> {
      hearOfClasses(new NoMemory(executor, withoutMemory));
      return new ListeningLoop(nio.newHandler(executor), withoutMemory);
    };
  }

  /**
   * Subscribes to classes that could not be loaded because memory ran out. Only the payload's
   * loader reports them.
   */
  @SuppressWarnings("unchecked") // The loader's class is another copy's; this type is the JDK's.
  private static void hearOfClasses(Runnable reaction) {
    if (ListeningLoop.class.getClassLoader() instanceof Consumer<?> loader) {
      ((Consumer<Runnable>) loader).accept(reaction);
    }
  }

  /**
   * Runs on the thread that ran out of memory. The agent's other threads do not concern clients.
   */
  private record NoMemory(ThreadAwareExecutor loop, AtomicBoolean withoutMemory)
      implements Runnable {

    @Override
    public void run() {
      if (loop.isExecutorThread(Thread.currentThread())) {
        withoutMemory.set(true);
      }
    }
  }

  @Override
  public void initialize() {
    nio.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    // Checked before because a task may have failed meanwhile, and after for what is read now.
    dropConnectionsWithoutMemory();
    int handled = nio.run(context);
    dropConnectionsWithoutMemory();
    return handled;
  }

  private void dropConnectionsWithoutMemory() {
    if (!withoutMemory.getAndSet(false)) {
      return;
    }
    @Nullable Error noMemory = null;
    for (NioIoHandle handle : new ArrayList<>(open)) {
      if (!listens(handle)) {
        try {
          handle.close();
        } catch (Exception closed) {
          // Already closed by Netty.
        } catch (Error failure) {
          noMemory = failure;
        } finally {
          close(handle);
        }
      }
    }
    if (noMemory != null) {
      // Netty does not know that they are closed. This ends the loop, which can no longer do its
      // work.
      throw noMemory;
    }
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    forgetClosed();
    if (handle instanceof NioIoHandle registered) {
      open.add(registered);
    }
    return nio.register(handle);
  }

  private void forgetClosed() {
    for (Iterator<NioIoHandle> all = open.iterator(); all.hasNext(); ) {
      if (!all.next().selectableChannel().isOpen()) {
        all.remove();
      }
    }
  }

  @Override
  public void prepareToDestroy() {
    nio.prepareToDestroy();
  }

  @Override
  public void destroy() {
    for (NioIoHandle handle : open) {
      close(handle);
    }
    nio.destroy();
  }

  private static boolean listens(NioIoHandle handle) {
    return handle.selectableChannel() instanceof ServerSocketChannel;
  }

  /** Bypasses Netty, which may be what is out of memory. */
  private static void close(NioIoHandle handle) {
    try {
      handle.selectableChannel().close();
    } catch (IOException | RuntimeException | Error closed) {
      // Already closed by Netty, in an orderly end.
    }
  }

  @Override
  public void wakeup() {
    nio.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> kind) {
    return nio.isCompatible(kind);
  }
}
