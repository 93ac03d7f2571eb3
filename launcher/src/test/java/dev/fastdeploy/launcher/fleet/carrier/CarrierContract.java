package dev.fastdeploy.launcher.fleet.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Ask;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Report;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the planner relies on, whatever brings its asks to members: at least once, done once for
 * each attempt, and never silent about a member that is gone.
 */
@Timeout(120)
abstract class CarrierContract {

  static final String APP = "shop";
  static final Commit COMMIT = new Commit("c1");
  private static final MemberId MEMBER = new MemberId("m");

  private final List<Report> reports = new CopyOnWriteArrayList<>();
  private Carrier carrier = new Nothing();

  /** Opens a carrier of a deploy; the member answers from now on. */
  abstract Carrier open(FleetRequest request, Consumer<Input.Heard> sink) throws Exception;

  /** Where the member is. */
  abstract String address();

  /** What the member has done, such as {@code activate c1}: an ask that it knows it does not do. */
  abstract List<String> done();

  /** The member tells of a change by itself. */
  abstract void changes();

  /** The member cannot be reached from now on; what it has done stays done. */
  abstract void stops();

  /** The member is back, at the same address. */
  abstract void starts() throws Exception;

  /** What is asked from now on is done, and its end is not told: the process ends before. */
  abstract void endsBeforeItTells();

  @BeforeEach
  void openCarrier() throws Exception {
    FleetRequest request =
        new FleetRequest(
            new DeployId("d-1"), APP, "prod", COMMIT, 7, Map.of(), "", false, Clock.systemUTC());
    carrier = open(request, heard -> reports.add(heard.report()));
  }

  @AfterEach
  void closeCarrier() throws Exception {
    carrier.close();
  }

  @Test
  void howAnAskEndedIsReported() {
    ask(new Ask.Stage(1, COMMIT));
    until(Report.Ended.class, ended -> ended.result() == Report.Result.STAGED);
    ask(new Ask.Activate(2, COMMIT));
    until(
        Report.Ended.class,
        ended -> ended.attempt() == 2 && ended.result() == Report.Result.PROVEN);
    assertThat(done()).containsExactly("stage c1", "activate c1");
  }

  @Test
  void oneAttemptThatIsBroughtTwiceIsDoneOnce() {
    ask(new Ask.Activate(1, COMMIT));
    ask(new Ask.Activate(1, COMMIT));
    until(Report.Ended.class, ended -> ended.attempt() == 1);
    ask(new Ask.Activate(1, COMMIT));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> of(Report.Ended.class).filter(one -> one.attempt() == 1).count() >= 2);
    assertThat(done()).containsExactly("activate c1");
  }

  @Test
  void aLaterAttemptIsDoneAgain() {
    ask(new Ask.Activate(1, COMMIT));
    until(Report.Ended.class, ended -> ended.attempt() == 1);
    ask(new Ask.Rollback(2, new Commit("c0")));
    until(Report.Ended.class, ended -> ended.attempt() == 2);
    assertThat(done()).containsExactly("activate c1", "deploy c0");
  }

  @Test
  void whatAMemberRunsIsToldNowAndWhenItChanges() {
    ask(new Ask.Status());
    until(Report.Status.class, status -> !status.inService());
    changes();
    until(Report.Status.class, Report.Status::inService);
  }

  /** A call that has its answer ends after it, which says nothing about the connection. */
  @Test
  void aCallThatWasAnsweredIsNoLoss() {
    for (int i = 1; i <= 20; i++) {
      ask(new Ask.Status());
    }
    ask(new Ask.Cancel(1));
    ask(new Ask.Stage(2, COMMIT));
    until(Report.Ended.class, ended -> ended.attempt() == 2);
    await().atMost(Duration.ofSeconds(60)).until(() -> of(Report.Status.class).count() >= 20);
    ask(new Ask.Stage(3, COMMIT));
    until(Report.Ended.class, ended -> ended.attempt() == 3);
    assertThat(of(Report.Lost.class)).isEmpty();
  }

  @Test
  void aMemberThatIsGoneIsLostAndHeardWhenItIsBack() throws Exception {
    ask(new Ask.Status());
    until(Report.Status.class, status -> true);
    stops();
    until(Report.Lost.class, lost -> !lost.why().isEmpty());
    reports.clear();
    starts();
    until(Report.Status.class, status -> true);
  }

  @Test
  void whoCannotBeReachedIsLost() {
    stops();
    ask(new Ask.Status());
    until(Report.Lost.class, lost -> !lost.why().isEmpty());
  }

  @Test
  void howAnAskEndedIsToldByWhoeverIsBackWhenTheWayWasLostMeanwhile() throws Exception {
    ask(new Ask.Status());
    until(Report.Status.class, status -> true);
    endsBeforeItTells();
    ask(new Ask.Activate(1, COMMIT));
    await().atMost(Duration.ofSeconds(60)).until(() -> done().contains("activate c1"));
    assertThat(of(Report.Ended.class)).isEmpty();
    stops();
    until(Report.Lost.class, lost -> true);
    starts();
    until(
        Report.Ended.class,
        ended -> ended.attempt() == 1 && ended.result() == Report.Result.PROVEN);
    assertThat(done()).containsExactly("activate c1");
  }

  @Test
  void anAddressThatIsNoneIsALoss() {
    carrier.perform(new Action.AskMember(MEMBER, "no address", new Ask.Status()));
    until(Report.Lost.class, lost -> lost.why().contains("no address"));
  }

  @Test
  void nothingIsDoneOnceItIsClosed() throws Exception {
    carrier.close();
    reports.clear();
    ask(new Ask.Activate(1, COMMIT));
    assertThat(done()).isEmpty();
    assertThat(of(Report.Ended.class)).isEmpty();
  }

  private void ask(Ask ask) {
    carrier.perform(new Action.AskMember(MEMBER, address(), ask));
  }

  private <R extends Report> Stream<R> of(Class<R> kind) {
    return reports.stream().filter(kind::isInstance).map(kind::cast);
  }

  private <R extends Report> void until(Class<R> kind, Predicate<? super R> wanted) {
    await()
        .atMost(Duration.ofSeconds(60))
        .alias(kind.getSimpleName())
        .untilAsserted(() -> assertThat(of(kind)).anyMatch(wanted));
  }

  /** Before a test has opened one. */
  private static final class Nothing implements Carrier {
    @Override
    public void perform(Action.AskMember ask) {}

    @Override
    public void close() {}
  }
}
