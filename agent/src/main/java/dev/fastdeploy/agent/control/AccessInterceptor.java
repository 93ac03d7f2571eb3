package dev.fastdeploy.agent.control;

import dev.fastdeploy.control.v1.ControlGrpc;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Lets a call in, or not, and gives it its audit line. Health is open to all. */
final class AccessInterceptor implements ServerInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** Everything else, also what a later version adds, needs the greater role. */
  private static final Set<String> FOR_READERS =
      Set.of(
          ControlGrpc.getGetStatusMethod().getFullMethodName(),
          ControlGrpc.getWatchStatusMethod().getFullMethodName(),
          ControlGrpc.getGetOutcomeMethod().getFullMethodName());

  private final Authenticator authenticator;
  private final AuditTrail trail;

  AccessInterceptor(Authenticator authenticator, AuditTrail trail) {
    this.authenticator = authenticator;
    this.trail = trail;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodDescriptor<Q, A> method = call.getMethodDescriptor();
    if (HealthGrpc.SERVICE_NAME.equals(method.getServiceName())) {
      return next.startCall(call, headers);
    }
    Optional<Caller> caller =
        authenticator.caller(
            headers.get(AUTHORIZATION),
            certificates(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
    CallAudit audit =
        new CallAudit(
            trail,
            host(call),
            peer(call),
            caller.map(Caller::identity).orElse("-"),
            method.getFullMethodName());
    if (caller.isEmpty()) {
      audit.decided("unauthenticated");
      return closed(call, Status.UNAUTHENTICATED.withDescription("no valid credentials"));
    }
    if (!caller.get().role().covers(neededFor(method))) {
      audit.decided("denied");
      return closed(
          call,
          Status.PERMISSION_DENIED.withDescription(
              caller.get().identity() + " may only read the status"));
    }
    if (!ControlGrpc.SERVICE_NAME.equals(method.getServiceName())) {
      audit.decided("allowed");
    }
    return Contexts.interceptCall(audit.inContext(), new AuditedCall<>(call, audit), headers, next);
  }

  private static Role neededFor(MethodDescriptor<?, ?> method) {
    boolean ours = ControlGrpc.SERVICE_NAME.equals(method.getServiceName());
    return !ours || FOR_READERS.contains(method.getFullMethodName()) ? Role.READ : Role.DEPLOY;
  }

  private static <Q, A> ServerCall.Listener<Q> closed(ServerCall<Q, A> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static String host(ServerCall<?, ?> call) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return address instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : "unix";
  }

  private static String peer(ServerCall<?, ?> call) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return address instanceof InetSocketAddress internet
        ? host(call) + ":" + internet.getPort()
        : host(call);
  }

  private static List<X509Certificate> certificates(@Nullable SSLSession session) {
    List<X509Certificate> chain = new ArrayList<>();
    if (session != null) {
      try {
        for (Certificate certificate : session.getPeerCertificates()) {
          if (certificate instanceof X509Certificate x509) {
            chain.add(x509);
          }
        }
      } catch (SSLPeerUnverifiedException noneShown) {
        return List.of();
      }
    }
    return chain;
  }

  /**
   * A call that is closed before it was decided, by a request that cannot be read, is audited too.
   */
  private static final class AuditedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private final CallAudit audit;

    AuditedCall(ServerCall<Q, A> call, CallAudit audit) {
      super(call);
      this.audit = audit;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      // A call that ended well is decided by its method, which knows whether it was refused.
      if (!status.isOk()) {
        audit.decided(status.getCode().name());
      }
      super.close(status, trailers);
    }
  }
}
