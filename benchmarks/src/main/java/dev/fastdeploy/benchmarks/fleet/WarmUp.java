package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.agent.control.TlsFiles;
import dev.fastdeploy.control.v1.ControlGrpc;
import dev.fastdeploy.control.v1.GetStatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;

/**
 * Calls instances of this JVM some hundred times, so that its code is compiled: real instances have
 * processors of their own, and what thousands of them compute on this machine should cost it as
 * little as can be while the command is measured.
 */
final class WarmUp {

  /** More make it no faster. */
  private static final int CALLS = 400;

  private WarmUp() {}

  /**
   * Calls.
   *
   * @param count how many instances there are, from the first on
   */
  static void call(FleetSite site, int first, int count) throws IOException {
    TlsFiles files = site.commandTls();
    SslContext context =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
            .trustManager(site.authority().toFile())
            .keyManager(files.certificate().toFile(), files.key().toFile())
            .build();
    for (int call = 0; call < Math.min(CALLS, count); call++) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(FleetSite.host(first + call % count), site.port())
              .sslContext(context)
              .overrideAuthority(FleetSite.SERVER_NAME)
              .build();
      try {
        ControlGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
      } catch (StatusRuntimeException busy) {
        // The endpoint gives up a handshake that takes too long; that it was computed is enough.
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
