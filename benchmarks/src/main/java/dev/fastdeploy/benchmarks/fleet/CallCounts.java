package dev.fastdeploy.benchmarks.fleet;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.InternalConfigurator;
import io.grpc.InternalConfiguratorRegistry;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what comes to the gRPC servers of this JVM, by the host at which it comes. It hangs at
 * gRPC's hook for all servers, so that the control endpoint is measured as it is. Thread-safe.
 */
final class CallCounts {

  private static final String CONNECTIONS = "connections";

  private final Map<String, Map<String, Integer>> byHost = new ConcurrentHashMap<>();

  /** Counts at all servers that are built from now on; once in a JVM, before the first. */
  static CallCounts ofThisJvm() {
    CallCounts counts = new CallCounts();
    InternalConfiguratorRegistry.setConfigurators(List.of(counts.new Hook()));
    return counts;
  }

  /** Forgets what came so far. */
  void clear() {
    byHost.clear();
  }

  /** Calls of a host by method, and its connections, those included that have ended. */
  Map<String, Integer> of(String host) {
    Map<String, Integer> counts = byHost.get(host);
    if (counts == null) {
      return Map.of();
    }
    synchronized (counts) {
      return new TreeMap<>(counts);
    }
  }

  /** All calls among counts. */
  static int calls(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .filter(count -> !count.getKey().equals(CONNECTIONS))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private void count(Attributes attributes, String what) {
    @Nullable SocketAddress address = attributes.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
    if (address instanceof InetSocketAddress internet) {
      Map<String, Integer> counts =
          byHost.computeIfAbsent(internet.getAddress().getHostAddress(), host -> new TreeMap<>());
      synchronized (counts) {
        counts.merge(what, 1, Integer::sum);
      }
    }
  }

  private final class Hook implements InternalConfigurator {

    @Override
    public void configureServerBuilder(ServerBuilder<?> builder) {
      builder.intercept(new Calls()).addTransportFilter(new Connections());
    }
  }

  private final class Calls implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String method = call.getMethodDescriptor().getBareMethodName();
      count(call.getAttributes(), method == null ? "unknown" : method);
      return next.startCall(call, headers);
    }
  }

  private final class Connections extends ServerTransportFilter {

    @Override
    public Attributes transportReady(Attributes attributes) {
      count(attributes, CONNECTIONS);
      return attributes;
    }
  }
}
