package dev.fastdeploy.agent.control;

import io.grpc.netty.shaded.io.netty.channel.IoHandle;
import io.grpc.netty.shaded.io.netty.channel.IoHandler;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.IoRegistration;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandle;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The event loop's I/O by NIO. When the loop's thread ends, whatever ended it, nothing listens any
 * more: Netty leaves the sockets of a loop open that an {@link Error} ended, and the kernel would
 * take connections that nobody answers.
 */
final class ListeningLoop implements IoHandler {

  private final IoHandler nio;
  private final List<ServerSocketChannel> listening = new ArrayList<>();

  private ListeningLoop(IoHandler nio) {
    this.nio = nio;
  }

  static IoHandlerFactory factory() {
    IoHandlerFactory nio = NioIoHandler.newFactory();
    return executor -> new ListeningLoop(nio.newHandler(executor));
  }

  @Override
  public void initialize() {
    nio.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return nio.run(context);
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    if (handle instanceof NioIoHandle registered) {
      SelectableChannel channel = registered.selectableChannel();
      if (channel instanceof ServerSocketChannel server) {
        listening.add(server);
      }
    }
    return nio.register(handle);
  }

  @Override
  public void prepareToDestroy() {
    nio.prepareToDestroy();
  }

  @Override
  public void destroy() {
    for (ServerSocketChannel server : listening) {
      try {
        server.close();
      } catch (IOException closed) {
        // By its own side, in an orderly end.
      }
    }
    nio.destroy();
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
