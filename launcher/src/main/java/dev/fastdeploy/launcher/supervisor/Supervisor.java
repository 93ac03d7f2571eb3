package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Probation;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.health.InstanceSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a container's service: one thread that reacts to events and deadlines, one at a time.
 * Everything that blocks (pipes, sockets, waiting for a process) has a thread of its own and only
 * reports here.
 */
final class Supervisor {

  /** How long the channel of a service that has ended may take to be read to its end. */
  private static final Duration CHANNEL_GRACE = Duration.ofSeconds(1);

  /** How fast a service without an agent may ask to be started again. */
  private static final Duration LEAST_BETWEEN_STARTS = Duration.ofMillis(300);

  /** How long a descendant that holds the service's streams open may delay the launcher's end. */
  private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(1);

  private static final Duration OUTPUT_STEP = Duration.ofMillis(20);

  /** How often a record that could not be written is tried again. */
  private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

  /** What a shell returns for a command that cannot be started. */
  private static final int CANNOT_START = 127;

  private final RunOptions options;
  private final Releases releases;
  private final ServiceStarter starter;
  private final Signals signals;
  private final BlockingQueue<SupervisorEvent> events;
  private final CrashBackoff crashes;
  private final Vitals vitals;
  private final Consumer<InstanceSnapshot> published;

  private @Nullable Child child;
  private @Nullable PipedProcess lastStarted;
  private @Nullable Watched watched;
  private Optional<ReadinessProber> prober = Optional.empty();
  private boolean channelEnded;
  private final StopRequest stop;
  private final Deadline passOn = new Deadline();
  private final Deadline kill = new Deadline();
  private final Deadline decision = new Deadline();
  private final Deadline nextStart = new Deadline();
  private boolean crashed;
  private boolean saidDead;

  /** The commit that did not come up before what crashed and is started again, if that is why. */
  private Optional<Commit> stillFailed = Optional.empty();

  private long startedAt;
  private final Map<Phase, Long> unrecorded = new EnumMap<>(Phase.class);

  /**
   * A started release that is not taken for good yet.
   *
   * @param failed the commit that this one is to replace after it did not come up; none for a new
   *     release
   */
  private record Watched(
      Probation probation,
      Optional<Commit> failed,
      Optional<String> givenUpBecause,
      boolean readyTold) {

    boolean isNewRelease() {
      return failed.isEmpty();
    }

    Watched withReadyTold() {
      return new Watched(probation, failed, givenUpBecause, true);
    }

    Watched givenUp(String reason) {
      return new Watched(probation, failed, Optional.of(reason), readyTold);
    }
  }

  /**
   * @param published is told what is known of the instance after each change
   */
  Supervisor(
      RunOptions options,
      Releases releases,
      ServiceStarter starter,
      Signals signals,
      BlockingQueue<SupervisorEvent> events,
      Consumer<InstanceSnapshot> published) {
    this.options = options;
    this.releases = releases;
    this.starter = starter;
    this.signals = signals;
    this.events = events;
    this.stop = new StopRequest(options.stopExitZero());
    this.crashes = new CrashBackoff(options.restart());
    this.vitals = new Vitals(options, releases::outcome);
    this.published = published;
  }

  /** Starts the service and stays with it until it ends for good; the launcher's exit code. */
  int supervise() throws IOException, InterruptedException {
    OptionalInt end = endLeftService();
    if (end.isEmpty()) {
      Release first = releases.atStart();
      end = runInitTasks(first);
      if (end.isEmpty()) {
        end = start(first, Optional.empty(), false);
      }
    }
    while (end.isEmpty()) {
      publish(System.nanoTime());
      SupervisorEvent event = nextEvent();
      if (event != null) {
        react(event);
        publish(System.nanoTime());
      }
      end = act(System.nanoTime());
    }
    finishOutput();
    starter.withdrawFacts();
    return end.getAsInt();
  }

  /** All that the service printed comes out, unless nobody reads it until a stop is overdue. */
  private void finishOutput() throws InterruptedException {
    PipedProcess ended = lastStarted;
    if (stop.requested()) {
      kill.in(options.stopTimeout());
    }
    long silence = OUTPUT_PATIENCE.toMillis();
    while (ended != null && !ended.outputEnded() && silence > 0) {
      listenForAStop();
      if (kill.isDue(System.nanoTime())) {
        return;
      }
      if (!ended.outputStalled()) {
        silence -= OUTPUT_STEP.toMillis();
      }
    }
  }

  /** Lets a moment pass in which nothing but a stop counts. */
  private void listenForAStop() throws InterruptedException {
    SupervisorEvent event = events.poll(OUTPUT_STEP.toMillis(), TimeUnit.MILLISECONDS);
    if (event instanceof SupervisorEvent.SignalReceived signal && Signals.isStop(signal.name())) {
      requestStop(signal.name());
    }
  }

  /** Ends the service of a launcher that was killed, as a stop would have. */
  private OptionalInt endLeftService() throws InterruptedException {
    Optional<LeftService> found =
        releases.writable() ? LeftService.in(releases.home()) : Optional.empty();
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    LeftService left = found.get();
    Diagnostics.say(
        "the service with pid " + left.pid() + " has outlived its launcher; it is stopped first");
    left.stop();
    Deadline overdue = new Deadline();
    overdue.in(options.stopTimeout());
    while (left.alive()) {
      listenForAStop();
      if (overdue.isDue(System.nanoTime())) {
        left.kill();
      }
    }
    left.kill();
    kill.clear();
    return stop.requested() ? OptionalInt.of(stop.signalCode()) : OptionalInt.empty();
  }

  private OptionalInt runInitTasks(Release release) throws IOException, InterruptedException {
    for (String task : options.init()) {
      PipedProcess started = starter.startInitTask(task, release, lastStarted);
      lastStarted = started;
      Process process = started.process();
      Child.tellExit(process, events::add);
      int code = untilExit(process);
      if (stop.requested()) {
        return OptionalInt.of(stop.endCode(code == 0 ? stop.signalCode() : code));
      }
      if (code != 0) {
        Diagnostics.say("the init task '" + task + "' ended with " + code + "; nothing is started");
        return OptionalInt.of(code);
      }
    }
    return OptionalInt.empty();
  }

  private int untilExit(Process process) throws InterruptedException {
    while (true) {
      SupervisorEvent event = nextEvent();
      if (event instanceof SupervisorEvent.Exited exited && exited.process().equals(process)) {
        kill.clear();
        return exited.code();
      }
      if (event instanceof SupervisorEvent.SignalReceived signal) {
        if (Signals.isStop(signal.name())) {
          requestStop(signal.name());
        }
        signals.send(signal.name(), process);
      }
      if (kill.isDue(System.nanoTime())) {
        process.destroyForcibly();
        kill.clear();
      }
    }
  }

  /**
   * Starts the service from a release.
   *
   * @param failed the commit that did not come up before, if that is why
   * @param isNew whether the release is on probation
   * @return the launcher's exit code if there is nothing left to start
   */
  private OptionalInt start(Release release, Optional<Commit> failed, boolean isNew)
      throws InterruptedException {
    nextStart.clear();
    passOn.clear();
    kill.clear();
    decision.clear();
    channelEnded = false;
    boolean again = child != null;
    startedAt = System.nanoTime();
    watched = null;
    Child started;
    try {
      started = starter.start(release, lastStarted);
    } catch (IOException cannotStart) {
      Diagnostics.say(Diagnostics.reason(cannotStart));
      return cannotStart(release, failed, isNew, Diagnostics.reason(cannotStart));
    }
    child = started;
    lastStarted = started.piped();
    vitals.started(started, starter.attempt(), again ? restartReason(failed) : null, startedAt);
    crashed = false;
    passPhase(Phase.STARTED);
    if (isNew || failed.isPresent()) {
      Probation probation =
          new Probation(
              startedAt,
              options.readyTimeout(),
              options.readyAfter().orElse(Duration.ZERO),
              options.soak());
      watched = new Watched(probation, failed, Optional.empty(), false);
      if (!started.agentExpected() && options.readiness().isEmpty()) {
        probation.ready(startedAt);
      }
    }
    if (watched != null || options.health().isPresent()) {
      prober = starter.prober(started);
    }
    recordPhases();
    return OptionalInt.empty();
  }

  private RestartReason restartReason(Optional<Commit> failed) {
    if (crashed) {
      return RestartReason.FAILURE;
    }
    return failed.isPresent() ? RestartReason.ROLLBACK : RestartReason.RELOAD;
  }

  private OptionalInt cannotStart(
      Release release, Optional<Commit> failed, boolean isNew, String reason)
      throws InterruptedException {
    if (isNew) {
      Release before = releases.rollBack(reason, null, List.of());
      vitals.reloadTakenBack();
      return start(before, Optional.of(release.commit()), false);
    }
    return failed.isPresent() && !release.equals(releases.image())
        ? start(releases.backToImage(), failed, false)
        : OptionalInt.of(CANNOT_START);
  }

  private @Nullable SupervisorEvent nextEvent() throws InterruptedException {
    long wait = Long.MAX_VALUE;
    long now = System.nanoTime();
    wait = Math.min(wait, passOn.left(now));
    wait = Math.min(wait, kill.left(now));
    wait = Math.min(wait, decision.left(now));
    wait = Math.min(wait, nextStart.left(now));
    if (options.health().isPresent()) {
      wait = Math.min(wait, until(vitals.readiness().nextLook(now), now));
    }
    if (releases.hasUnwritten()) {
      wait = Math.min(wait, RECORD_AGAIN.toNanos());
    }
    Watched judged = child == null ? null : judged(child);
    if (judged != null) {
      wait = Math.min(wait, until(judged.probation().nextLook(), now));
    }
    return wait == Long.MAX_VALUE
        ? events.take()
        : events.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
  }

  private static long until(@Nullable Long time, long now) {
    return time == null ? Long.MAX_VALUE : time - now;
  }

  private void react(SupervisorEvent event) {
    if (event instanceof SupervisorEvent.SignalReceived signal) {
      onSignal(signal.name());
    } else if (event instanceof SupervisorEvent.Received received) {
      onMessage(received.channel(), received.message());
    } else if (event instanceof SupervisorEvent.ChannelEnded ended) {
      onChannelEnd(ended.channel());
    } else if (event instanceof SupervisorEvent.Exited exited) {
      onExit(exited);
    } else if (event instanceof SupervisorEvent.Asked asked) {
      onAsked(asked);
    }
  }

  private void onSignal(String name) {
    Child current = child;
    if (current == null || current.state() == ChildState.EXITED) {
      if (Signals.isStop(name)) {
        requestStop(name);
      }
      return;
    }
    if (Signals.isStop(name)) {
      boolean mayWait = !stop.requested() && serves(current);
      requestStop(name);
      current.stopping();
      current.tell(new ChannelMessage.Stopping());
      passOn.clear();
      if (mayWait) {
        passOn.in(options.preDrain());
        Diagnostics.say(
            "told to stop: the service is no longer ready, and gets the signal in "
                + options.preDrain().toMillis()
                + " ms (--pre-drain), or at the next one");
        return;
      }
    }
    send(name, current);
  }

  private void send(String name, Child to) {
    if (options.signalGroup()) {
      signals.sendToGroup(name, to.process());
    } else {
      signals.send(name, to.process());
    }
  }

  /** Whether load balancers may send it requests and would have to be told first. */
  private boolean serves(Child current) {
    return !options.preDrain().isZero()
        && current.state() == ChildState.RUNNING
        && vitals.readiness().wasReady(System.nanoTime());
  }

  private void requestStop(String name) {
    if (stop.request(name)) {
      kill.in(options.stopTimeout());
    }
  }

  private void onMessage(Channel channel, ChannelMessage message) {
    Child current = child;
    if (current == null) {
      return;
    }
    if (message instanceof ChannelMessage.Hello hello) {
      onHello(current, channel, hello.pid());
    } else if (!current.owns(channel)) {
      return;
    } else if (message instanceof ChannelMessage.Ready) {
      onReady();
    } else if (message instanceof ChannelMessage.Unready unready) {
      onUnready(unready.reason());
    } else if (message instanceof ChannelMessage.Runs runs) {
      onRuns(current, runs);
    } else if (message instanceof ChannelMessage.Reload) {
      onReloadAnnounced(current);
    }
  }

  private void onHello(Child current, Channel channel, long pid) {
    boolean belongs = current.adopt(channel, pid);
    if (current.owns(channel) && stop.requested()) {
      current.tell(new ChannelMessage.Stopping());
    }
    // One that has ended already was a short-lived helper, of which nobody can tell whose it was.
    if (!belongs && current.state() != ChildState.EXITED && ProcessHandle.of(pid).isPresent()) {
      Diagnostics.say(
          "the JVM " + pid + " does not descend from the service and is not taken for it");
    }
  }

  /**
   * The agent watches a release that it reloaded in place. A watch of this process rests meanwhile;
   * it is over once that release is proven, and goes on if the one before it comes back.
   */
  private void onRuns(Child current, ChannelMessage.Runs runs) {
    releases
        .named(runs.commit())
        .ifPresent(
            release -> {
              boolean another = !release.equals(current.release());
              tellVitals(current, another, runs.onProbation());
              current.runs(release, runs.onProbation());
              if (!runs.onProbation() && !another && watched != null) {
                taken();
              }
              starter.publishFacts(current);
            });
  }

  private void tellVitals(Child current, boolean another, boolean onProbation) {
    if (another) {
      vitals.readiness().runsAnother(System.nanoTime());
    }
    if (onProbation) {
      releases.pendingActivation().ifPresent(vitals::reloadBegins);
    } else if (current.onProbationInPlace() && another) {
      vitals.reloadTakenBack();
    } else if (current.onProbationInPlace()) {
      vitals.reloadProven();
    }
  }

  private void onReloadAnnounced(Child current) {
    if (stop.requested()) {
      current.tell(new ChannelMessage.Declined("the launcher was told to stop"));
      return;
    }
    current.announce();
    current.tell(new ChannelMessage.Acknowledged());
    passPhase(Phase.DRAINING);
    kill.in(options.drainTimeout().plus(ProcessContract.KILL_AFTER_DRAIN));
  }

  private void onChannelEnd(Channel channel) {
    Child current = child;
    if (current == null) {
      return;
    }
    boolean ofTheService = current.owns(channel);
    if (current.channelEnded(channel)) {
      if (watched != null) {
        watched.probation().unready("the JVM that said hello has ended");
      }
    } else if (ofTheService) {
      channelEnded = true;
      if (decision.isSet()) {
        decision.in(Duration.ZERO);
      }
    }
  }

  private void onExit(SupervisorEvent.Exited exited) {
    if (child != null && exited.process().equals(child.process())) {
      child.exited(exited.code());
      passOn.clear();
      kill.clear();
      passPhase(Phase.EXITED);
      boolean channelOpen = child.hasAgent() && !channelEnded;
      decision.in(channelOpen ? CHANNEL_GRACE : Duration.ZERO);
    }
  }

  private void onAsked(SupervisorEvent.Asked asked) {
    if (child == null || !asked.process().equals(child.process())) {
      return;
    }
    if (asked.ready()) {
      onReady();
    } else {
      onUnready(asked.unreadyBecause());
    }
  }

  private void onReady() {
    vitals.readiness().ready();
    if (watched != null) {
      watched.probation().ready(System.nanoTime());
    }
  }

  private void onUnready(String reason) {
    vitals.readiness().unready(reason);
    if (watched != null) {
      watched.probation().unready(reason);
    }
  }

  private OptionalInt act(long now) throws InterruptedException {
    Child current = child;
    if (current == null) {
      return OptionalInt.empty();
    }
    if (stop.requested() && nextStart.isSet()) {
      return OptionalInt.of(stop.signalCode());
    }
    if (nextStart.isDue(now)) {
      Optional<PendingActivation> activated = releases.pendingActivation();
      activated.ifPresent(vitals::reloadBegins);
      Release release = releases.afterReload();
      boolean isNew = releases.pending().filter(release.commit()::equals).isPresent();
      if (activated.isPresent() && !isNew) {
        vitals.reloadTakenBack();
      }
      Diagnostics.say(
          "the release " + release.commit() + " is started" + (isNew ? ", on probation" : ""));
      return start(release, isNew ? Optional.empty() : stillFailed, isNew);
    }
    if (decision.takeIfDue(now)) {
      return decide(current);
    }
    if (passOn.takeIfDue(now)) {
      send(stop.signal(), current);
    }
    if (kill.takeIfDue(now)) {
      current.rememberDescendants();
      signals.kill(current.process(), options.signalGroup());
      current.killDescendants();
    }
    Watched judged = judged(current);
    if (judged != null) {
      judge(current, judged, now);
    }
    if (releases.hasUnwritten() && releases.writeUnwritten()) {
      current.tell(new ChannelMessage.StateChanged());
    }
    return OptionalInt.empty();
  }

  private OptionalInt decide(Child ended) throws InterruptedException {
    int code = ended.exitCode().orElse(0);
    Watched was = watched;
    stopAsking();
    boolean agreedCode = options.reloadByCode() && code == options.reloadExitCode();
    ExitDecision decision =
        ExitDecision.of(ended.hello(), ended.announced(), stop.requested(), agreedCode);
    if (stop.requested()) {
      boolean reloadOvertaken =
          ended.hello() ? ended.announced() && code == options.reloadExitCode() : agreedCode;
      return OptionalInt.of(stop.endCode(reloadOvertaken ? stop.signalCode() : code));
    }
    if (ended.onProbationInPlace() && !ended.announced()) {
      return rollBack(ended, "it ended with code " + code + " on probation", code);
    }
    if (was != null && !ended.announced()) {
      return afterFailure(ended, was, code);
    }
    if (decision == ExitDecision.END) {
      return afterCrash(code, Optional.empty());
    }
    stillFailed = Optional.empty();
    nextStart.at(ended.hello() ? System.nanoTime() : startedAt + LEAST_BETWEEN_STARTS.toNanos());
    return OptionalInt.empty();
  }

  /**
   * A watched release has ended: what comes before it is started, as long as there is something.
   */
  private OptionalInt afterFailure(Child ended, Watched was, int code) throws InterruptedException {
    Commit commit = ended.release().commit();
    ended.killDescendants();
    if (was.isNewRelease()) {
      String reason =
          was.givenUpBecause()
              .orElse(
                  "it ended with code "
                      + code
                      + (was.probation().isReady() ? " in its soak" : " before it was ready"));
      return rollBack(ended, reason, was.givenUpBecause().isPresent() ? null : code);
    }
    if (!ended.release().equals(releases.image())) {
      Diagnostics.say("the release " + commit + " does not come up either; the image's is started");
      return start(releases.backToImage(), was.failed(), false);
    }
    return afterCrash(code, was.failed());
  }

  /** The service has ended by itself, and there is no release to go back to. */
  private OptionalInt afterCrash(int code, Optional<Commit> failed) {
    if (code == 0) {
      return OptionalInt.of(code);
    }
    long now = System.nanoTime();
    Optional<Duration> wait = crashes.afterCrash(Duration.ofNanos(now - startedAt));
    if (wait.isEmpty()) {
      crashes.usedUp().ifPresent(many -> Diagnostics.say(many + "; the launcher ends"));
      return OptionalInt.of(code);
    }
    Diagnostics.say(
        "the service ended with code "
            + code
            + "; it is started again in "
            + wait.get().toSeconds()
            + " s (restart "
            + crashes.count()
            + ")");
    stillFailed = failed;
    crashed = true;
    nextStart.at(now + wait.get().toNanos());
    return OptionalInt.empty();
  }

  private OptionalInt rollBack(Child ended, String reason, @Nullable Integer exitCode)
      throws InterruptedException {
    Commit commit = ended.release().commit();
    Diagnostics.say("the release " + commit + " did not come up: " + reason);
    Release before = releases.rollBack(reason, exitCode, ended.piped().lastLines());
    vitals.reloadTakenBack();
    unrecorded.clear();
    Diagnostics.say("the release " + before.commit() + " is started again");
    return start(before, Optional.of(commit), false);
  }

  /** What is to be judged now, if anything is. */
  private @Nullable Watched judged(Child current) {
    return current.state() == ChildState.RUNNING && !current.onProbationInPlace() ? watched : null;
  }

  private void judge(Child current, Watched watching, long now) {
    switch (watching.probation().verdict(now)) {
      case WAITING -> {}
      case SOAKING -> becameReady(current, watching);
      case PROVEN -> {
        becameReady(current, watching);
        proven(current, watching);
      }
      case TOO_LATE -> tooLate(current, watching);
    }
  }

  private void becameReady(Child current, Watched watching) {
    if (watching.readyTold()) {
      return;
    }
    watched = watching.withReadyTold();
    if (watching.isNewRelease()) {
      passPhase(Phase.READY);
      recordPhases();
    } else {
      watching.failed().ifPresent(releases::restored);
      vitals.restored();
      taken();
    }
    current.tell(new ChannelMessage.StateChanged());
  }

  private void proven(Child current, Watched watching) {
    if (watching.isNewRelease()) {
      releases.proven();
      vitals.reloadProven();
      Diagnostics.say("the release " + current.release().commit() + " is proven");
      taken();
      current.tell(new ChannelMessage.StateChanged());
    }
  }

  /** The release is no longer watched: from now on its end is the platform's matter. */
  private void taken() {
    if (options.health().isPresent()) {
      prober.ifPresent(ReadinessProber::calmDown);
    } else {
      stopAsking();
    }
    watched = null;
  }

  private void stopAsking() {
    prober.ifPresent(ReadinessProber::stop);
    prober = Optional.empty();
  }

  private void tooLate(Child current, Watched watching) {
    if (!watching.isNewRelease() && current.release().equals(releases.image())) {
      Diagnostics.say("the image's release is not ready either; it is left to the platform");
      taken();
      return;
    }
    watched = watching.givenUp(watching.probation().tooLateBecause());
    kill.in(options.drainTimeout());
    current.stopping();
    current.rememberDescendants();
    send("TERM", current);
  }

  private void passPhase(Phase phase) {
    unrecorded.put(phase, System.currentTimeMillis());
  }

  /**
   * Only now, because each record is synced to disk: nothing waits for that between two services.
   */
  private void recordPhases() {
    releases.reached(unrecorded);
    unrecorded.clear();
  }

  private void publish(long now) {
    Child current = child;
    boolean isNew = watched != null && watched.isNewRelease();
    Standing standing =
        new Standing(
            current == null ? null : current.state(),
            stop.requested(),
            isNew || (current != null && current.onProbationInPlace()),
            watched != null && !isNew);
    String commit = current == null ? "" : current.release().commit().id();
    InstanceSnapshot snapshot = vitals.snapshot(standing, commit, now);
    sayOnceIfDead(snapshot.deadBecause());
    published.accept(snapshot);
  }

  /** Whoever reads the log of a container that the platform has replaced wants to know why. */
  private void sayOnceIfDead(String reason) {
    if (!reason.isEmpty() && !saidDead) {
      Diagnostics.say(reason + (options.health().isPresent() ? "; /live answers 503" : ""));
    }
    saidDead = !reason.isEmpty();
  }
}
