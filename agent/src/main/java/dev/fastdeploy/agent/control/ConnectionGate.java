package dev.fastdeploy.agent.control;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;

/** Handles the listening socket's new connections first, and gives each a place and a guard. */
final class ConnectionGate extends ChannelInboundHandlerAdapter {

  private final Connections connections;
  private final ConnectionGuard.Allowance allowance;
  private final boolean trusted;
  private final ConnectionGuard.Refused refused;

  /**
   * @param trusted true if being able to connect is proof enough
   */
  ConnectionGate(
      Connections connections,
      ConnectionGuard.Allowance allowance,
      boolean trusted,
      ConnectionGuard.Refused refused) {
    this.connections = connections;
    this.allowance = allowance;
    this.trusted = trusted;
    this.refused = refused;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Channel accepted) {
      try {
        admit(accepted);
      } catch (RuntimeException | Error failure) {
        // Nothing else knows this connection yet, and its client would wait forever.
        accepted.unsafe().closeForcibly();
        throw failure;
      }
    }
    context.fireChannelRead(message);
  }

  private void admit(Channel accepted) {
    ConnectionGuard guard = new ConnectionGuard(accepted, allowance, trusted, refused);
    accepted.pipeline().addFirst(guard);
    var unused = accepted.closeFuture().addListener(closed -> connections.ended(guard));
    if (trusted) {
      connections.admitTrusted(guard);
    } else {
      connections.admit(guard);
    }
  }
}
