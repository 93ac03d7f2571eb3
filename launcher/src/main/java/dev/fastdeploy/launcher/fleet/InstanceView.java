package dev.fastdeploy.launcher.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of knowledge about one instance: its status, or the reason why there is none. A text is
 * empty if the thing does not exist or is not known.
 *
 * @param target the address that was asked
 * @param error why there is no status, one line; null if there is one
 * @param state such as {@code READY}; without a status {@link #REFUSES} or {@link #UNREACHABLE}
 * @param nowMillis the instance's time, UTC milliseconds; 0 if not known
 * @param elsewhere the address of the control endpoint that knows more; empty if this is its
 *     answer, or none is known
 */
public record InstanceView(
    String target,
    @Nullable String error,
    String state,
    long nowMillis,
    Identity identity,
    Releases releases,
    Deploys deploys,
    ServiceProcess process,
    String elsewhere) {

  /** The state of an instance that answers but gives no status. */
  public static final String REFUSES = "FAILED";

  /** The state of an instance that does not answer. */
  public static final String UNREACHABLE = "UNREACHABLE";

  /**
   * The identity of the instance.
   *
   * @param instance the host name, or the ECS task
   * @param id distinguishes it from all others, across restarts
   * @param app the application that its store is for
   * @param environment the environment that it belongs to
   * @param epoch the highest epoch that it has seen of its application there; 0 if none
   */
  public record Identity(String instance, String id, String app, String environment, long epoch) {

    static final Identity UNKNOWN = new Identity("", "", "", "", 0);
  }

  /**
   * The releases that it runs, remembers and has in its home.
   *
   * @param running the commit that runs
   * @param proven the last proven commit
   * @param image the commit of the container's image
   * @param pending the commit that is activated and not yet proven
   * @param refused the commits that did not come up, each with the reason
   * @param staged the commits in the home
   * @param digests the SHA-256 of the archives that those came from, as far as known
   */
  public record Releases(
      String running,
      String proven,
      String image,
      String pending,
      Map<String, String> refused,
      List<String> staged,
      Map<String, String> digests) {

    static final Releases UNKNOWN = new Releases("", "", "", "", Map.of(), List.of(), Map.of());

    public Releases {
      refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
      staged = List.copyOf(staged);
      digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    }
  }

  /**
   * The deploys that it would take now, and those that it remembers.
   *
   * @param refusedBecause why a deploy would be refused now; empty if it would not
   * @param strategies the reload strategies that are prepared
   * @param notPrepared configured strategies that cannot be used, each with the reason
   * @param lastSequence sequence of the last deploy that activated something
   * @param outcomes outcomes of the last deploys, the latest first
   */
  public record Deploys(
      String refusedBecause,
      List<String> strategies,
      Map<String, String> notPrepared,
      long lastSequence,
      List<PastDeploy> outcomes) {

    static final Deploys UNKNOWN = new Deploys("", List.of(), Map.of(), 0, List.of());

    public Deploys {
      strategies = List.copyOf(strategies);
      notPrepared = Collections.unmodifiableMap(new LinkedHashMap<>(notPrepared));
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * The service's process and the code in it.
   *
   * @param pid the process id; 0 if not known
   * @param startedMillis when it started, UTC milliseconds; 0 if not known
   * @param javaVersion version of the Java that it runs on
   * @param agentVersion version of the agent in it
   * @param inService whether a load balancer should send it requests; null if not known
   * @param classes where the application's classes came from; null if nobody looked
   * @param oldLoaders the state of the class loaders of earlier releases; null if there can be none
   * @param heldListeners the addresses at which connections wait during a reload
   * @param notHeldBecause why they do not although they are meant to; empty if there is no reason
   * @param classArchive the archive of classes that the JVM was started from; empty if there is
   *     none
   * @param noClassArchiveBecause why there is none; empty if that is not known
   */
  public record ServiceProcess(
      long pid,
      long startedMillis,
      String javaVersion,
      String agentVersion,
      @Nullable Boolean inService,
      @Nullable Classes classes,
      @Nullable OldLoadersView oldLoaders,
      List<String> heldListeners,
      String notHeldBecause,
      String classArchive,
      String noClassArchiveBecause) {

    public ServiceProcess {
      heldListeners = List.copyOf(heldListeners);
    }

    /** Returns a process of which nothing else is known. */
    public static ServiceProcess ofPid(long pid) {
      return new ServiceProcess(pid, 0, "", "", null, null, null, List.of(), "", "", "");
    }
  }

  /**
   * The places that the application's classes came from.
   *
   * @param fromRelease number of classes from the running release
   * @param fromElsewhere number of classes from other places
   * @param mainClassLocation where the main class was found
   * @param outside class path entries outside the release
   * @param doubtful why they may not be the release's, or not the next one's; empty if there is no
   *     sign of that
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
   * @param commit the deployed commit
   * @param result such as {@code ROLLED_BACK}
   * @param outcome the rest of it
   */
  public record PastDeploy(String deploy, String commit, String result, InstanceOutcome outcome) {}

  /** Returns the view of an instance that gave no status. */
  static InstanceView failed(Target target, CallFailure failure) {
    return new InstanceView(
        target.name(),
        failure.message(),
        failure.answered() ? REFUSES : UNREACHABLE,
        0,
        Identity.UNKNOWN,
        Releases.UNKNOWN,
        Deploys.UNKNOWN,
        ServiceProcess.ofPid(0),
        "");
  }
}
