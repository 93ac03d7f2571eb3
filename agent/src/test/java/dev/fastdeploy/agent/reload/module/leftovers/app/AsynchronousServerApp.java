package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;

/** Listens on the JDK's own group of asynchronous channels. */
public final class AsynchronousServerApp implements Runnable {

  @Override
  public void run() {
    try {
      AsynchronousServerSocketChannel.open()
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .accept("", new Handler());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Handler
      implements CompletionHandler<AsynchronousSocketChannel, String> {
    @Override
    public void completed(AsynchronousSocketChannel channel, String attachment) {}

    @Override
    public void failed(Throwable failure, String attachment) {}
  }
}
