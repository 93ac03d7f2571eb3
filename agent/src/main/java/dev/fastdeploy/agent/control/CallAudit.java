package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Text;
import io.grpc.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** The audit fields of a call. They go to the trail once the call is decided. Thread-safe. */
final class CallAudit {

  private static final Context.Key<CallAudit> KEY = Context.key("fastdeploy-audit");
  private static final Pattern NOT_IN_A_WORD = Pattern.compile("[^\\x21-\\x7e]");
  private static final int LONGEST_VALUE = 140;

  private final AuditTrail trail;
  private final String host;
  private final String peer;
  private final String identity;
  private final String call;
  private final AtomicBoolean decided = new AtomicBoolean();
  private volatile String deploy = "-";
  private volatile String commit = "-";

  /**
   * @param host the caller's address without its port
   * @param peer the caller's address
   * @param identity the caller's name, or a dash
   * @param call the method's name
   */
  CallAudit(AuditTrail trail, String host, String peer, String identity, String call) {
    this.trail = trail;
    this.host = host;
    this.peer = peer;
    this.identity = identity;
    this.call = call;
  }

  /** Returns the audit of the call that the current thread serves. */
  static CallAudit current() {
    return KEY.get();
  }

  /** Returns the caller's name. */
  String identity() {
    return word(identity);
  }

  /** Returns the current context with this audit added. */
  Context inContext() {
    return Context.current().withValue(KEY, this);
  }

  /** Sets the deploy and the commit of the call, as the client wrote them. */
  void concerns(String deployId, String commitId) {
    deploy = word(deployId);
    commit = word(commitId);
  }

  /** Writes the line of an accepted change, unless the call has its line. */
  void accepted() {
    if (decided.compareAndSet(false, true)) {
      trail.writeAccepted(kind(), fields("accepted"));
    }
  }

  /**
   * Writes the line of a refused or malformed request, or counts it, unless the call has its line.
   */
  void refused(String decision) {
    if (decided.compareAndSet(false, true)) {
      trail.writeRefused(kind(), fields(decision));
    }
  }

  /** Writes the line, unless the call has one. */
  void decided(String decision) {
    if (decided.compareAndSet(false, true)) {
      trail.write(kind(), fields(decision));
    }
  }

  /** Writes the line of an allowed read, or counts it, unless the call has its line. */
  void readAllowed() {
    if (decided.compareAndSet(false, true)) {
      trail.writeRead(kind(), fields("allowed"));
    }
  }

  private AuditTrail.Kind kind() {
    return new AuditTrail.Kind(host, identity, call, deploy);
  }

  private String fields(String decision) {
    return "peer="
        + word(peer)
        + " identity="
        + word(identity)
        + " call="
        + word(call)
        + " deploy="
        + deploy
        + " commit="
        + commit
        + " decision="
        + word(decision);
  }

  /** Returns the value in a form that cannot end the line or look like another field. */
  private static String word(String value) {
    return value.isEmpty()
        ? "-"
        : NOT_IN_A_WORD.matcher(Text.shortened(value, LONGEST_VALUE)).replaceAll("?");
  }
}
