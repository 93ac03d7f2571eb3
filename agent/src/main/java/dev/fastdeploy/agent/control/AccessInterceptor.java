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
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Admits or refuses each call, and creates its audit line. The health check is open to all and
 * needs no line.
 */
final class AccessInterceptor implements ServerInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Authenticator authenticator;
  private final AuditTrail trail;
  private final Connections connections;

  AccessInterceptor(Authenticator authenticator, AuditTrail trail, Connections connections) {
    this.authenticator = authenticator;
    this.trail = trail;
    this.connections = connections;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodDescriptor<Q, A> method = call.getMethodDescriptor();
    Optional<Role> needed = MethodRoles.neededFor(method);
    Connections.Ends ends = Connections.Ends.of(call.getAttributes());
    if (needed.isPresent() && needed.get() == Role.NONE) {
      connections.unprovenCall(ends);
      return next.startCall(call, headers);
    }
    Optional<Caller> caller =
        authenticator.caller(
            headers.get(AUTHORIZATION),
            certificates(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
    CallAudit audit =
        new CallAudit(
            trail,
            PeerAddress.host(ends.remote()),
            PeerAddress.full(ends.remote()),
            caller.map(Caller::identity).orElse("-"),
            method.getFullMethodName());
    if (caller.isEmpty()) {
      connections.unprovenCall(ends);
      audit.refused("unauthenticated");
      return closed(call, Status.UNAUTHENTICATED.withDescription("no valid credentials"));
    }
    Role role = caller.get().role();
    if (role == Role.NONE) {
      connections.unprovenCall(ends);
    } else if (!connections.prove(ends, role)) {
      audit.refused("no-place");
      return closed(
          call,
          Status.RESOURCE_EXHAUSTED.withDescription(
              "too many connections are open to this instance; close those that are not needed"));
    }
    if (needed.isEmpty()) {
      audit.refused("denied");
      return closed(
          call,
          Status.PERMISSION_DENIED.withDescription(
              "nobody may call " + method.getFullMethodName() + " on this instance"));
    }
    if (!role.covers(needed.get())) {
      audit.refused("denied");
      return closed(call, Status.PERMISSION_DENIED.withDescription(caller.get().denial()));
    }
    if (!ControlGrpc.SERVICE_NAME.equals(method.getServiceName())) {
      audit.readAllowed();
    }
    return Contexts.interceptCall(audit.inContext(), new AuditedCall<>(call, audit), headers, next);
  }

  private static <Q, A> ServerCall.Listener<Q> closed(ServerCall<Q, A> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
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

  /** Also audits a call that is closed before it is decided, because its request cannot be read. */
  private static final class AuditedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private final CallAudit audit;

    AuditedCall(ServerCall<Q, A> call, CallAudit audit) {
      super(call);
      this.audit = audit;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      // For a call that ended well the method decides, since it knows if it refused.
      if (!status.isOk()) {
        audit.refused(status.getCode().name());
      }
      super.close(status, trailers);
    }
  }
}
