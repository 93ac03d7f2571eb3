package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A deployer with surroundings that a test sets: its worker does nothing until the test lets it,
 * and its clock stands still.
 */
public final class Instance
    implements Stager, LauncherPort, ReloadStrategy, ServiceExit, ServiceFacts {

  static final Commit RUNNING = new Commit("running");
  static final Commit NEXT = new Commit("next");

  static final ProbationTimes PROBATION =
      new ProbationTimes(Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(5));

  private final FakeHome home = new FakeHome(RUNNING);
  private final Deque<Runnable> work = new ConcurrentLinkedDeque<>();
  private final List<DeployNotice> notices = new ArrayList<>();
  private Instant now = Instant.ofEpochMilli(1000);

  private @Nullable Commit running = RUNNING;
  private boolean readinessKnown = true;
  private @Nullable String noStore;
  private @Nullable String noLauncher;
  private @Nullable String declined;
  private @Nullable String stagingFails;
  private long[] progress = new long[0];
  private Runnable whileStaging = () -> {};
  private ClassOrigin classes = new ClassOrigin(10, 0, "", List.of(), "", false, "");
  private Runnable whileReloading = () -> {};
  private List<ReloadStrategy> prepared = List.of();
  private Map<String, String> notPrepared = Map.of();
  private boolean withoutLauncher;
  private Duration preDrain = Duration.ZERO;
  private final List<String> readiness = new ArrayList<>();
  private @Nullable String unready;
  private @Nullable String withdrawn;
  private String app = "shop";
  private @Nullable EnvironmentName environment;
  private Consumer<Release> onReleaseChanged = release -> {};
  private final List<String> told = new ArrayList<>();
  private final FakeWaiting waiting = new FakeWaiting();
  private int reloads;
  private boolean noThreads;
  private @Nullable Deployer deployer;

  public Instance withoutCommit() {
    running = null;
    return this;
  }

  /** It was told of no application. */
  Instance withoutApp() {
    app = "";
    return this;
  }

  /** It belongs to an environment. */
  public Instance environment(String name) {
    environment = new EnvironmentName(name);
    return this;
  }

  Instance withoutReadiness() {
    readinessKnown = false;
    return this;
  }

  public Instance withoutStore() {
    noStore = "--store is missing";
    return this;
  }

  Instance withoutLauncher() {
    noLauncher = "no launcher";
    return this;
  }

  Instance classes(int fromRelease, int fromElsewhere) {
    classes = new ClassOrigin(fromRelease, fromElsewhere, "", List.of(), "", false, "");
    return this;
  }

  Instance declining(String reason) {
    declined = reason;
    return this;
  }

  Instance stagingFails(@Nullable String reason) {
    stagingFails = reason;
    return this;
  }

  /** The store sends this many bytes at a time, each 10 ms after the one before. */
  Instance progress(long... bytes) {
    progress = bytes;
    return this;
  }

  Instance whileStaging(Runnable task) {
    whileStaging = task;
    return this;
  }

  /** Runs before the reload is announced. */
  Instance whileReloading(Runnable task) {
    whileReloading = task;
    return this;
  }

  /** A strategy was configured and could not be prepared. */
  public Instance notPrepared(String strategy, String reason) {
    notPrepared = Map.of(strategy, reason);
    return this;
  }

  /** Prepares strategies in place of the one that ends the process. */
  Instance prepared(ReloadStrategy... strategies) {
    prepared = List.of(strategies);
    return this;
  }

  /** Takes deploys though no launcher is there. */
  Instance takingDeploysWithoutLauncher() {
    noLauncher = "no launcher";
    withoutLauncher = true;
    return this;
  }

  /** Load balancers get so much time before the service's work is ended. */
  Instance preDrain(Duration duration) {
    preDrain = duration;
    return this;
  }

  /** Each time that the readiness was withdrawn, with the reason, or returned. */
  List<String> readiness() {
    return readiness;
  }

  /** What the service says of itself from now on. */
  public Instance unready(@Nullable String reason) {
    unready = reason;
    return this;
  }

  /** Runs when the process goes on with another release. */
  Instance onReleaseChanged(Consumer<Release> task) {
    onReleaseChanged = task;
    return this;
  }

  /** What the launcher and the service's surroundings were told of releases, in order. */
  List<String> told() {
    return told;
  }

  FakeWaiting waiting() {
    return waiting;
  }

  public FakeHome home() {
    return home;
  }

  public Deployer deployer() {
    if (deployer == null) {
      deployer = deployer(home, this, prepared.isEmpty() ? List.of(this) : prepared, this);
    }
    return deployer;
  }

  /** A deployer among other surroundings; the rest is this. */
  Deployer deployer(
      ReleaseHome home, Stager stager, List<ReloadStrategy> strategies, ServiceFacts service) {
    return new Deployer(
        new DeployPolicy(readinessKnown, 3, PROBATION, withoutLauncher, app, environment, preDrain),
        new RunningRelease(running),
        home,
        stager,
        this,
        strategies,
        notPrepared,
        this,
        service,
        clock(),
        waiting,
        this::enqueue);
  }

  private void enqueue(Runnable task) {
    if (noThreads) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    work.add(task);
  }

  /** The worker takes nothing. */
  Instance noThreads(boolean none) {
    noThreads = none;
    return this;
  }

  /** Whether the worker has something to do. */
  public boolean workWaits() {
    return !work.isEmpty();
  }

  /** Lets the worker do what waits. */
  public void work() {
    while (!work.isEmpty()) {
      work.remove().run();
    }
  }

  Decision submit(InstanceRequest request) {
    return deployer().submit(request, notices::add);
  }

  /** Submits and works. */
  Decision run(InstanceRequest request) {
    Decision decision = submit(request);
    work();
    return decision;
  }

  List<DeployNotice> notices() {
    return notices;
  }

  List<DeployEvent> events() {
    return notices.stream().map(DeployNotice::event).toList();
  }

  /** What the last event says, which must be an end. */
  DeployReport report() {
    return ((DeployEvent.Ended) notices.get(notices.size() - 1).event()).report();
  }

  int reloads() {
    return reloads;
  }

  static InstanceRequest.Deploy deploy(String id, long sequence, Commit commit) {
    return new InstanceRequest.Deploy(new DeployId(id), sequence, commit, "", false);
  }

  private InstantSource clock() {
    return () -> now;
  }

  @Override
  public Optional<String> unusableBecause() {
    return Optional.ofNullable(noStore);
  }

  @Override
  public void stage(Commit commit, ExpectedRelease expected, Progress listener) throws IOException {
    whileStaging.run();
    listener.requireGoOn();
    long total = 0;
    for (long bytes : progress) {
      total += bytes;
    }
    long done = 0;
    for (long bytes : progress) {
      done += bytes;
      now = now.plusMillis(10);
      listener.requireGoOn();
      listener.bytes(done, total);
    }
    if (stagingFails != null) {
      throw new IOException(stagingFails);
    }
    home.put(commit);
  }

  @Override
  public Optional<String> absentBecause() {
    return Optional.ofNullable(noLauncher);
  }

  @Override
  public void runs(Commit commit, boolean onProbation) {
    told.add("runs " + commit + (onProbation ? " on probation" : ""));
  }

  @Override
  public Supplier<List<String>> lastLines() {
    return () -> List.of("what the launcher saw last");
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public void reload(ReloadRequest request) throws ReloadDeclinedException {
    whileReloading.run();
    if (declined != null) {
      throw new ReloadDeclinedException(declined);
    }
    request.progress().draining(Duration.ofSeconds(20));
    request.progress().reloading();
    reloads++;
  }

  @Override
  public Duration drainTimeout() {
    return Duration.ofSeconds(20);
  }

  @Override
  public void exitForReload(Runnable first) {
    told.add("exit for a reload");
  }

  @Override
  public void exitBroken() {
    told.add("exit broken");
  }

  @Override
  public Optional<String> unreadyBecause() {
    return Optional.ofNullable(unready);
  }

  @Override
  public boolean inService() {
    return unready == null && withdrawn == null;
  }

  @Override
  public void readinessWithdrawn(String because) {
    withdrawn = because;
    readiness.add(because);
  }

  @Override
  public void readinessReturned() {
    withdrawn = null;
    readiness.add("returned");
  }

  @Override
  public void releaseChanged(Release release, boolean newFiles) {
    told.add("files " + release.commit() + " " + newFiles);
    onReleaseChanged.accept(release);
  }

  @Override
  public ClassOrigin classes() {
    return classes;
  }

  @Override
  public ConnectionHolding connections() {
    return ConnectionHolding.OFF;
  }

  @Override
  public Optional<String> staleBecause() {
    return Optional.of(classes.staleInPlaceBecause()).filter(reason -> !reason.isEmpty());
  }
}
