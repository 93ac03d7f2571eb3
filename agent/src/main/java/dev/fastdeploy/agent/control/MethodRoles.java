package dev.fastdeploy.agent.control;

import dev.fastdeploy.control.v1.ControlGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.Map;
import java.util.Optional;

/**
 * The role that each method of the endpoint needs. A method that is not listed, perhaps because it
 * is new, is open to nobody.
 */
final class MethodRoles {

  private static final Map<String, Role> NEEDED =
      Map.ofEntries(
          needs(Role.DEPLOY, ControlGrpc.getDeployMethod()),
          needs(Role.DEPLOY, ControlGrpc.getStageMethod()),
          needs(Role.DEPLOY, ControlGrpc.getActivateMethod()),
          needs(Role.DEPLOY, ControlGrpc.getRollbackMethod()),
          needs(Role.DEPLOY, ControlGrpc.getCancelMethod()),
          needs(Role.READ, ControlGrpc.getGetStatusMethod()),
          needs(Role.READ, ControlGrpc.getWatchStatusMethod()),
          needs(Role.READ, ControlGrpc.getGetOutcomeMethod()),
          needs(Role.NONE, HealthGrpc.getCheckMethod()),
          needs(Role.READ, HealthGrpc.getWatchMethod()),
          needs(Role.READ, ServerReflectionGrpc.getServerReflectionInfoMethod()));

  private MethodRoles() {}

  /** Returns the role that a method needs, or empty if nobody may call it. */
  static Optional<Role> neededFor(MethodDescriptor<?, ?> method) {
    return Optional.ofNullable(NEEDED.get(method.getFullMethodName()));
  }

  private static Map.Entry<String, Role> needs(Role role, MethodDescriptor<?, ?> method) {
    return Map.entry(method.getFullMethodName(), role);
  }
}
