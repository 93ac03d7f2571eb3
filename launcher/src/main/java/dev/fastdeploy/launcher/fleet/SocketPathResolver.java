package dev.fastdeploy.launcher.fleet;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Leads gRPC to Unix sockets whatever their path contains. gRPC itself makes a URI of an address,
 * and refuses the URI if the path is not ASCII.
 */
final class SocketPathResolver extends NameResolverProvider {

  private static final String SCHEME = "fastdeploy-unix";

  private static final SocketPathResolver INSTANCE = new SocketPathResolver();

  private SocketPathResolver() {}

  /** Registers it with gRPC. Safe to call again. */
  static void register() {
    NameResolverRegistry.getDefaultRegistry().register(INSTANCE);
  }

  /** Returns the name by which gRPC knows the socket. */
  static String target(Path socket) {
    try {
      return new URI(SCHEME, "", socket.toString(), null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new Resolved(UnixDomainSocketAddress.of(target.getPath()));
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return List.of(UnixDomainSocketAddress.class);
  }

  private static final class Resolved extends NameResolver {

    private final UnixDomainSocketAddress address;

    Resolved(UnixDomainSocketAddress address) {
      this.address = address;
    }

    @Override
    public void start(Listener2 listener) {
      listener.onResult2(
          ResolutionResult.newBuilder()
              .setAddressesOrError(StatusOr.fromValue(List.of(new EquivalentAddressGroup(address))))
              .build());
    }

    @Override
    public String getServiceAuthority() {
      return "localhost";
    }

    @Override
    public void shutdown() {}
  }
}
