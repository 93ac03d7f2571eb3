package dev.fastdeploy.launcher.fleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.carrier.Carrier;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Ask;
import dev.fastdeploy.launcher.fleet.plan.Budget;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Manner;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.OnFailure;
import dev.fastdeploy.launcher.fleet.plan.Patience;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Report;
import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.UsualStatus;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import dev.fastdeploy.launcher.fleet.plan.Window;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Follower;
import dev.fastdeploy.launcher.fleet.record.JournalThread;
import dev.fastdeploy.launcher.fleet.record.Ownership;
import dev.fastdeploy.launcher.fleet.source.FleetSources;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop between planner, sources, members and the record, on members that are made up. */
@Timeout(60)
class FleetRunTest {

  private static final Commit OLD = new Commit("old");
  private static final Commit NEW = new Commit("new");
  private static final String SOURCE = "a:1,b:1,c:1";

  private @TempDir Path store;
  private EnvironmentRecord record;
  private final List<Event> said = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    record =
        new EnvironmentRecord(
            SharedObjects.open(new StoreLocation(store.toString(), "shop", null, null, false)),
            "shop",
            "prod");
    record.probe();
  }

  @AfterEach
  void close() {
    record.close();
  }

  @Test
  void aFleetIsTakenToACommitAndWhoFollowsTheRecordSeesTheSame() throws Exception {
    Ownership.Answer.Owned owned = owned(plan("d-1", false));

    Summary summary = run(owned, new MadeUp(Set.of()));

    assertThat(summary.ending()).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(3);
    Epoch ended = record.epoch(owned.epoch().number()).orElseThrow();
    assertThat(ended.closing())
        .satisfies(closing -> assertThat(closing.summary()).isEqualTo(summary));
    assertThat(ended.known().stable()).isEqualTo(NEW);
    List<Event> followed = new ArrayList<>();
    new Follower(record, followed::add).follow(ended);
    assertThat(followed).filteredOn(Event.Proven.class::isInstance).hasSize(3);
    assertThat(followed).isEqualTo(said);
  }

  @Test
  void aMemberThatFailsUsesTheBudgetUpAndTheOthersGoBack() throws Exception {
    run(owned(plan("d-1", false)), new MadeUp(Set.of()));
    MadeUp members = new MadeUp(Set.of("b:1"));

    Summary summary = run(owned(plan("d-2", false)), members);

    assertThat(summary.ending()).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.worst()).anyMatch(line -> line.contains("b:1") && line.contains("port"));
    assertThat(members.running)
        .containsOnly(Map.entry("a:1", OLD), Map.entry("b:1", OLD), Map.entry("c:1", OLD));
  }

  @Test
  void anEndThatTheRecordDidNotTakeIsWrittenByTheNextOwner() throws Exception {
    Kept first = new Kept(true);
    FleetRun.Ended untold = run(List.of(), new MadeUp(Set.of()), first);
    assertThat(untold.summary().ending()).isEqualTo(Ending.DONE);
    assertThat(untold.unrecorded()).contains("the disk is full");
    MadeUp members = new MadeUp(Set.of());
    Kept second = new Kept(false);

    FleetRun.Ended ended =
        run(first.segments.values().stream().flatMap(List::stream).toList(), members, second);

    assertThat(ended).isEqualTo(new FleetRun.Ended(untold.summary(), ""));
    assertThat(second.end).isEqualTo(untold.summary());
    assertThat(second.segments).isEmpty();
    assertThat(members.asked).isEmpty();
  }

  private FleetRun.Ended run(List<Action.Entry> before, MadeUp members, Kept journal)
      throws Exception {
    FleetRun run =
        new FleetRun(
            plan("d-1", false), Set.of(), List.of(FleetSources.parse(SOURCE)), noGate(), said::add);
    members.sink = run::feed;
    journal.sink = run::feed;
    return run.run(before, members, journal);
  }

  @Test
  void aCheckAsksForTheStatusAloneAndTellsWhyADeployWouldNotBegin() throws Exception {
    MadeUp members = new MadeUp(Set.of());
    assertThat(check(plan("d-1", false), members)).isEmpty();
    assertThat(members.asked).allMatch(Ask.Status.class::isInstance);

    members.app = "another";
    assertThat(check(plan("d-1", false), members))
        .hasValueSatisfying(end -> assertThat(end.reason()).contains("another"));
  }

  private Optional<Summary> check(Plan plan, MadeUp members) throws Exception {
    FleetRun run =
        new FleetRun(plan, Set.of(), List.of(FleetSources.parse(SOURCE)), noGate(), said::add);
    members.sink = run::feed;
    return run.check(members);
  }

  private Summary run(Ownership.Answer.Owned owned, MadeUp members) throws Exception {
    Plan plan = Objects.requireNonNull(owned.epoch().beginning().plan());
    FleetRun run =
        new FleetRun(plan, Set.of(), List.of(FleetSources.parse(SOURCE)), noGate(), said::add);
    members.sink = run::feed;
    FleetRun.Ended ended =
        run.run(
            owned.entries(),
            members,
            new JournalThread(record, owned.epoch(), "one", Clock.systemUTC(), run::feed));
    assertThat(ended.unrecorded()).isEmpty();
    return ended.summary();
  }

  private static Gate noGate() {
    return gate -> {
      throw new AssertionError("nobody has a gate here");
    };
  }

  private Ownership.Answer.Owned owned(Plan plan) throws Exception {
    Ownership ownership = new Ownership(record, "one", "eve", Clock.systemUTC());
    return (Ownership.Answer.Owned)
        ownership.begin(
            plan.deploy(), before -> plan, "", Duration.ofSeconds(5), Duration.ZERO, false);
  }

  private static Plan plan(String deploy, boolean goBack) {
    return new Plan(
        new DeployId(deploy),
        "shop",
        "prod",
        NEW,
        OLD,
        goBack,
        true,
        List.of(SOURCE),
        Waves.ONE,
        new Window(Share.number(1), Share.NONE, 10),
        Budget.STRICT,
        Patience.DEFAULT,
        Share.ALL,
        OnFailure.ROLLBACK,
        false,
        false,
        Manner.USUAL);
  }

  /** A journal in memory, which may not take the end. */
  private static final class Kept implements FleetRun.Journal {

    private final boolean full;
    private final Map<Integer, List<Action.Entry>> segments = new TreeMap<>();
    private Consumer<Input> sink = input -> {};
    private @Nullable Summary end;

    Kept(boolean full) {
      this.full = full;
    }

    @Override
    public void append(Action.Append append) {
      segments.put(append.segment(), append.entries());
      sink.accept(new Input.Appended(append.segment()));
    }

    @Override
    public boolean end(Summary summary) throws IOException {
      if (full) {
        throw new IOException("the disk is full");
      }
      end = summary;
      return true;
    }

    @Override
    public void close() {}
  }

  /** Members that do at once what they are asked for. */
  private static final class MadeUp implements Carrier {

    private final Set<String> broken;
    private final Map<String, Commit> running = new ConcurrentHashMap<>();
    private final List<Ask> asked = new ArrayList<>();
    private Consumer<Input> sink = input -> {};
    private String app = "shop";

    MadeUp(Set<String> broken) {
      this.broken = broken;
      List.of("a:1", "b:1", "c:1").forEach(member -> running.put(member, OLD));
    }

    @Override
    public void perform(Action.AskMember ask) {
      asked.add(ask.ask());
      String name = ask.address();
      if (ask.ask() instanceof Ask.Stage stage) {
        ended(ask.member(), stage.attempt(), Report.Result.STAGED, "");
      } else if (ask.ask() instanceof Ask.Activate activate) {
        activate(ask.member(), name, activate.attempt(), activate.commit());
      } else if (ask.ask() instanceof Ask.Rollback back) {
        activate(ask.member(), name, back.attempt(), back.commit());
      }
      status(ask.member(), name);
    }

    private void activate(MemberId member, String name, int attempt, Commit commit) {
      if (broken.contains(name) && commit.equals(NEW)) {
        ended(member, attempt, Report.Result.ROLLED_BACK, "its port is taken");
      } else {
        running.put(name, commit);
        ended(member, attempt, Report.Result.PROVEN, "");
      }
    }

    private void ended(MemberId member, int attempt, Report.Result result, String reason) {
      sink.accept(
          new Input.Heard(
              member, new Report.Ended(attempt, result, Cause.APPLICATION, reason, List.of())));
    }

    private void status(MemberId member, String name) {
      sink.accept(
          new Input.Heard(
              member,
              UsualStatus.of("id-" + name, app, Objects.requireNonNull(running.get(name)))));
    }

    @Override
    public void close() {}
  }
}
