package dev.fastdeploy.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OpenLoopTest {

  /** Longer than any of these takes on a busy machine. */
  private static final int PATIENT_MILLIS = 60_000;

  private static Requests to(FakeService service) {
    return new Requests(service.port(), "/work", PATIENT_MILLIS);
  }

  @Test
  void anOpenLoopAsksAtItsRateAndCountsWhatFails() throws Exception {
    try (FakeService service = new FakeService(FakeService.good("c1"));
        OpenLoop loop = OpenLoop.start(to(service), 200)) {
      Awaitility.await().until(() -> loop.shots().size() >= 100);
      service.answer("HTTP/1.1 500 Oh\r\n\r\n");
      int before = loop.shots().size();
      Awaitility.await().until(() -> loop.shots().size() >= before + 60);
      service.answer(FakeService.good("c2"));
      assertThat(loop.watch("c2").await(TimeUnit.SECONDS.toNanos(10))).isNotNull();
      var shots = loop.stop();

      assertThat(shots).hasSizeGreaterThan(160);
      assertThat(shots.stream().filter(shot -> !shot.reply().good()).count())
          .isBetween(50L, (long) shots.size() - 100);
      assertThat(shots).hasSize(service.asked());
      assertThat(spacings(shots, 5_000_000)).isEqualTo(shots.size() - 1);
    }
  }

  /** How many requests were due exactly one period after the one before. */
  private static long spacings(List<Shot> shots, long periodNanos) {
    long[] dues = shots.stream().mapToLong(Shot::dueNanos).sorted().toArray();
    int regular = 0;
    for (int i = 1; i < dues.length; i++) {
      if (dues[i] - dues[i - 1] == periodNanos) {
        regular++;
      }
    }
    return regular;
  }

  @Test
  void whatWaitsInTheQueueOfAListenerIsNotLost() throws Exception {
    try (FakeService service = FakeService.held(FakeService.good("c1"), 4_000);
        OpenLoop loop = OpenLoop.start(to(service), 2_000)) {
      TimeUnit.MILLISECONDS.sleep(400);
      assertThat(loop.shots()).isEmpty();
      service.accept();
      List<Shot> shots = loop.stop();

      // All that was due by then, however late the generator was.
      assertThat(shots).hasSizeGreaterThanOrEqualTo(800).allMatch(shot -> shot.reply().good());
      assertThat(longest(shots)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(390));
      assertThat(spacings(shots, 500_000)).isEqualTo(shots.size() - 1);
    }
  }

  @Test
  void whatIsDueBeyondTheBoundIsSentLaterAndCountsFromWhenItWasDue() throws Exception {
    try (FakeService service = FakeService.held(FakeService.good("c1"), 4_000);
        OpenLoop loop = OpenLoop.start(to(service), 1_000, 10, Connections.ONE_EACH_FORGOTTEN)) {
      TimeUnit.MILLISECONDS.sleep(200);
      service.accept();
      List<Shot> shots = loop.stop();

      assertThat(shots).hasSizeGreaterThanOrEqualTo(200).allMatch(shot -> shot.reply().good());
      assertThat(spacings(shots, 1_000_000)).isEqualTo(shots.size() - 1);
      // The eleventh was due after 10 ms, and could be sent after 200.
      Shot eleventh = shots.stream().sorted(OpenLoopTest::byDue).toList().get(10);
      assertThat(eleventh.latencyNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(180));
    }
  }

  @Test
  void aFullQueueIsSeenInTheRetransmissionsAndCostsItsClientASecond() throws Exception {
    try (FakeService service = FakeService.held(FakeService.good("c1"), 1);
        OpenLoop loop = OpenLoop.start(to(service), 20)) {
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> loop.synRetransmissions() > 0);
      service.accept();
      List<Shot> shots = loop.stop();

      assertThat(shots).allMatch(shot -> shot.reply().good());
      assertThat(longest(shots)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    }
  }

  @Test
  void aServiceThatIsGoneRefusesAndOneThatNeverAnswersRunsOutOfTime() throws Exception {
    FakeService gone = new FakeService(FakeService.good("c1"));
    gone.close();
    try (OpenLoop loop = OpenLoop.start(to(gone), 100)) {
      Awaitility.await().until(() -> loop.shots().size() > 3);

      assertThat(loop.stop()).allMatch(shot -> shot.reply().trouble().contains("refused"));
    }
    try (FakeService silent = FakeService.held("", 4_000);
        OpenLoop loop = OpenLoop.start(new Requests(silent.port(), "/", 50), 100)) {
      Awaitility.await().until(() -> loop.shots().size() > 3);

      assertThat(loop.shots())
          .allMatch(shot -> shot.reply().trouble().equals("no progress in 50 ms"));
    }
  }

  @Test
  void keptConnectionsTakeTurns() throws Exception {
    try (FakeService service = FakeService.keeping(FakeService.good("c1"));
        OpenLoop loop = OpenLoop.start(to(service), 500, Connections.kept(4))) {
      // A machine that stalls opens more of them.
      Awaitility.await().until(() -> loop.shots().size() >= loop.connections() + 100);
      List<Shot> shots = loop.stop();

      assertThat(shots).allMatch(shot -> shot.reply().from("c1"));
      assertThat(service.asked()).isEqualTo(shots.size());
    }
  }

  @Test
  void aKeptConnectionThatEndsIdleIsOpenedAgainAndLosesNothing() throws Exception {
    try (FakeService service = FakeService.keeping(FakeService.good("c1"));
        OpenLoop loop = OpenLoop.start(to(service), 10, Connections.kept(1))) {
      Awaitility.await().until(() -> loop.shots().size() >= 2);
      long opened = loop.connections();
      service.endConnections();
      int before = loop.shots().size();
      Awaitility.await().until(() -> loop.shots().size() >= before + 3);

      assertThat(loop.connections()).isGreaterThan(opened);
      assertThat(loop.stop().subList(before + 1, before + 3))
          .allMatch(shot -> shot.reply().from("c1"));
    }
  }

  @Test
  void aRequestOnAKeptConnectionThatEndsWithoutAnAnswerIsLost() throws Exception {
    try (FakeService service = FakeService.keeping(FakeService.good("c1"));
        OpenLoop loop = OpenLoop.start(to(service), 100, Connections.kept(1))) {
      Awaitility.await().until(() -> loop.shots().size() >= 2);
      service.silence();
      int asked = service.asked();
      Awaitility.await().until(() -> service.asked() > asked + 1);
      service.endConnections();

      Awaitility.await()
          .until(() -> loop.shots().stream().anyMatch(shot -> shot.reply().loss() != null));
      assertThat(loop.shots().stream().map(shot -> shot.reply().loss()).distinct())
          .containsAnyOf(Loss.ENDED_EARLY, Loss.RESET);
    }
  }

  @Test
  void aConnectionOfWhichTheAnswerSaysThatItEndsIsNotKept() throws Exception {
    String last = FakeService.good("c1").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    try (FakeService service = FakeService.keeping(last);
        OpenLoop loop = OpenLoop.start(to(service), 100, Connections.kept(4))) {
      Awaitility.await().until(() -> loop.shots().size() >= 20);
      List<Shot> shots = loop.stop();

      assertThat(shots).allMatch(shot -> shot.reply().good());
      assertThat(loop.connections()).isEqualTo(shots.size());
    }
  }

  @Test
  void theFatesOfAllThatWereDueInATimeAreWaitedFor() throws Exception {
    try (FakeService service = FakeService.held(FakeService.good("c1"), 4_000);
        OpenLoop loop = OpenLoop.start(to(service), 1_000)) {
      long from = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(100);
      long to = System.nanoTime();
      service.accept();

      assertThat((double) loop.fates(from, to).size()).isBetween((to - from) / 1e6 - 2, 1e6);
      assertThat(loop.fates(from, to)).allMatch(shot -> shot.reply().good());
      assertThat(loop.fates(to, from)).isEmpty();
      assertThat(loop.shotsFrom(to)).allMatch(shot -> shot.dueNanos() >= to);
    }
  }

  @Test
  void onlyAnswersFromNowOnAreWatchedFor() throws Exception {
    try (FakeService service = new FakeService(FakeService.good("c1"));
        OpenLoop loop = OpenLoop.start(to(service), 100)) {
      assertThat(loop.watch("c1").await(TimeUnit.SECONDS.toNanos(60))).isNotNull();
      service.answer(FakeService.good("c2"));
      assertThat(loop.watch("c2").await(TimeUnit.SECONDS.toNanos(60))).isNotNull();
      TimeUnit.MILLISECONDS.sleep(50);

      assertThat(loop.watch("c1").await(TimeUnit.MILLISECONDS.toNanos(50))).isNull();
    }
  }

  @Test
  void aLoadThatCannotBeIsRefused() {
    Requests requests = new Requests(1, "/", 1);

    assertThatThrownBy(() -> OpenLoop.start(requests, 0))
        .hasMessage("a load of '0' requests a second must be 1 to 10000");
    assertThatThrownBy(() -> OpenLoop.start(requests, 10_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCounterIsFoundByItsName() {
    List<String> lines =
        List.of(
            "TcpExt: SyncookiesSent TCPSynRetrans TCPOrigDataSent",
            "TcpExt: 1 42 7",
            "IpExt: InNoRoutes TCPSynRetrans",
            "IpExt: 3 4");

    assertThat(SynRetransmissions.of(lines)).isEqualTo(42);
    assertThat(SynRetransmissions.of(lines.subList(2, 4))).isZero();
    assertThat(SynRetransmissions.of(List.of())).isZero();
  }

  private static int byDue(Shot one, Shot other) {
    return Long.compare(one.dueNanos() - other.dueNanos(), 0);
  }

  private static long longest(List<Shot> shots) {
    return shots.stream().mapToLong(Shot::latencyNanos).max().orElse(0);
  }
}
