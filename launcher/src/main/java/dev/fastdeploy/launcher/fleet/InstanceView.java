package dev.fastdeploy.launcher.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one instance: its status, or why there is none. Texts are empty where a thing
 * is not there or not known.
 *
 * @param target where it was asked
 * @param error why there is no status, one line; none if there is one
 * @param instance host name, or the ECS task
 * @param app the application that its store is for
 * @param environment that it belongs to
 * @param epoch the highest that it has seen of its application there; 0 if none
 * @param identity tells it from all others, over restarts
 * @param inService whether a load balancer should send it requests; null if nobody told
 * @param nowMillis the time there, UTC milliseconds; 0 if not known
 * @param state such as {@code READY}; without a status {@link #REFUSES} or {@link #UNREACHABLE}
 * @param running the commit whose code runs
 * @param proven the last proven commit
 * @param image the commit of the container's image
 * @param pending activated, not yet proven
 * @param refused commits that did not come up, with the reason
 * @param staged what is in the home
 * @param digests the SHA-256 of the archives that those came in, as far as they are known
 * @param lastSequence that of the last deploy that activated something
 * @param strategies the reload strategies that are prepared
 * @param notPrepared strategies that were configured and cannot be asked for, with the reason
 * @param deploysRefusedBecause why a deploy would be refused now
 * @param classes where the application's classes came from; none if nobody looked
 * @param oldLoaders what became of the class loaders of earlier releases; none where none can be
 * @param pid of the service, 0 if not known
 * @param startedMillis UTC milliseconds, 0 if not known
 * @param agentVersion of the agent in the service
 * @param javaVersion that the service runs on
 * @param outcomes of the last deploys, the latest first
 */
public record InstanceView(
    String target,
    @Nullable String error,
    String instance,
    String app,
    String environment,
    long epoch,
    String identity,
    @Nullable Boolean inService,
    long nowMillis,
    String state,
    String running,
    String proven,
    String image,
    String pending,
    Map<String, String> refused,
    List<String> staged,
    Map<String, String> digests,
    long lastSequence,
    List<String> strategies,
    Map<String, String> notPrepared,
    String deploysRefusedBecause,
    @Nullable Classes classes,
    @Nullable OldLoaders oldLoaders,
    long pid,
    long startedMillis,
    String agentVersion,
    String javaVersion,
    List<PastDeploy> outcomes) {

  public InstanceView {
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    staged = List.copyOf(staged);
    digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    strategies = List.copyOf(strategies);
    notPrepared = Collections.unmodifiableMap(new LinkedHashMap<>(notPrepared));
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Where the application's classes came from.
   *
   * @param fromRelease how many lie in the running release
   * @param fromElsewhere how many do not
   * @param mainClassLocation where the main class was found
   * @param outside class path entries that lie outside of the release
   * @param doubtful why they may not be the release's, or the next one's; empty if there is no sign
   */
  public record Classes(
      int fromRelease,
      int fromElsewhere,
      String mainClassLocation,
      List<String> outside,
      String doubtful) {

    public Classes {
      outside = List.copyOf(outside);
    }
  }

  /**
   * A deploy that the instance remembers.
   *
   * @param deploy its id
   * @param commit what was deployed
   * @param result such as {@code ROLLED_BACK}
   * @param outcome the rest of it
   */
  public record PastDeploy(String deploy, String commit, String result, InstanceOutcome outcome) {}

  /** The state of an instance that answers, and gives no status. */
  public static final String REFUSES = "FAILED";

  /** The state of an instance that does not answer. */
  public static final String UNREACHABLE = "UNREACHABLE";

  /** An instance that gave no status. */
  static InstanceView failed(Target target, CallFailure failure) {
    String state = failure.answered() ? REFUSES : UNREACHABLE;
    return new InstanceView(
        target.name(),
        failure.message(),
        "",
        "",
        "",
        0,
        "",
        null,
        0,
        state,
        "",
        "",
        "",
        "",
        Map.of(),
        List.of(),
        Map.of(),
        0,
        List.of(),
        Map.of(),
        "",
        null,
        null,
        0,
        0,
        "",
        "",
        List.of());
  }
}
