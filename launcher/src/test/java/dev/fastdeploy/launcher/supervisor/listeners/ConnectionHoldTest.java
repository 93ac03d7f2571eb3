package dev.fastdeploy.launcher.supervisor.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.listening.ListenerClient;
import dev.fastdeploy.contract.listening.ListenerClient.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** For how long clients wait; times are seconds of a clock of the test's. */
@Timeout(60)
class ConnectionHoldTest {

  private static final Duration TEN = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final List<Integer> opened = new ArrayList<>();
  private Consumer<String> speaker;
  private Descriptors descriptors;
  private HeldListeners listeners;
  private ListenerClient agent;
  private ConnectionHold hold;

  @BeforeEach
  void start() throws IOException {
    speaker = Diagnostics.sayBy(said::add);
    descriptors = Descriptors.loadBeside(folder.resolve("listen.sock"));
    listeners = new HeldListeners(folder.resolve("listen.sock"), event -> {});
    agent = new ListenerClient(descriptors, listeners.socket());
    hold = new ConnectionHold(TEN, true, listeners);
  }

  @AfterEach
  void stop() {
    listeners.close();
    opened.forEach(descriptors::closeQuietly);
    Diagnostics.sayBy(speaker);
  }

  @Test
  void aServiceWithoutTheOptionIsReloadedAsEver() {
    ConnectionHold off = ConnectionHold.off();

    assertThat(off.socket()).isEmpty();
    assertThat(off.begins(at(1))).isEmpty();
    assertThat(off.holds()).isFalse();
  }

  @Test
  void aDeployThatIsProvenLeavesNothing() throws Exception {
    startedIn(2);
    assertThat(hold.begins(at(100))).hasValue(Duration.ofSeconds(4));
    give(at(101));
    hold.ended(true, at(102));
    hold.starts(at(102));
    assertThat(hold.left(at(102))).isEqualTo(TEN.minusSeconds(1).toNanos());
    adopt(at(103));
    assertThat(hold.left(at(103))).isEqualTo(Long.MAX_VALUE);
    hold.ready(at(105));
    hold.look(at(200));
    assertThat(hold.holds()).isTrue();
    hold.proven();

    assertThat(hold.holds()).isFalse();
    assertThat(said).isEmpty();
  }

  @Test
  void whoHasWaitedForTheWholeTimeIsReset() throws Exception {
    hold.begins(at(0));
    String name = give(at(0));
    hold.ended(true, at(1));
    hold.starts(at(1));
    hold.look(at(9));
    assertThat(hold.holds()).isTrue();

    hold.look(at(10));

    assertThat(hold.holds()).isFalse();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("0 clients of " + name)
        .contains("10000 ms");
  }

  /** The time is over for those that wait, not for a service that has begun to answer. */
  @Test
  void aServiceThatListensHasItsReadyTimeout() throws Exception {
    hold.begins(at(0));
    give(at(0));
    hold.ended(true, at(1));
    hold.starts(at(1));
    adopt(at(9));

    hold.look(at(60));

    assertThat(hold.holds()).isTrue();
  }

  @Test
  void aServiceThatStartsTooSlowlyIsNotHeldAtAll() {
    startedIn(11);

    assertThat(hold.begins(at(100))).isEmpty();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("refused")
        .contains("start 11000 ms")
        .contains("--hold-connections 10000 ms");
  }

  @Test
  void aDrainThatTakesTooLongEndsTheWaitAtOnce() throws Exception {
    startedIn(4);
    hold.begins(at(100));
    give(at(100));

    hold.ended(true, at(107));

    assertThat(hold.holds()).isFalse();
    assertThat(said).singleElement().asString().contains("drain took 7000 ms");
    assertThat(hold.begins(at(200))).as("one drain says little").isPresent();
    hold.ended(true, at(207));
    assertThat(hold.begins(at(300))).as("two were too long").isEmpty();
    hold.ended(true, at(301));
    assertThat(hold.begins(at(400))).as("the last was short").isPresent();
  }

  /** Clients of a release on probation wait again from its end on. */
  @Test
  void aReleaseThatIsTakenBackGivesItsClientsTheWholeTimeAgain() throws Exception {
    hold.begins(at(0));
    give(at(0));
    hold.ended(true, at(1));
    hold.starts(at(1));
    adopt(at(2));
    hold.ended(false, at(30));
    hold.starts(at(30));
    hold.look(at(39));
    assertThat(hold.holds()).isTrue();

    hold.look(at(40));

    assertThat(hold.holds()).isFalse();
  }

  @Test
  void aReleaseThatNeverListenedGivesThemNoMoreTime() throws Exception {
    hold.begins(at(0));
    give(at(0));
    hold.ended(true, at(1));
    hold.starts(at(1));
    hold.ended(false, at(6));
    hold.starts(at(6));

    assertThat(hold.left(at(6))).isEqualTo(Duration.ofSeconds(4).toNanos());
  }

  @Test
  void aStopEndsTheWaitAtOnce() throws Exception {
    hold.begins(at(0));
    give(at(0));

    hold.close();

    assertThat(hold.holds()).isFalse();
    assertThat(listeners.socket()).doesNotExist();
  }

  /** That it counts as ready after some time says nothing of how long a client waits. */
  @Test
  void withoutAProbeAStartIsOverWhenEverythingIsAdopted() throws Exception {
    hold = new ConnectionHold(TEN, false, listeners);
    startedIn(30);
    assertThat(hold.begins(at(100))).isPresent();
    give(at(100));
    hold.ended(true, at(101));
    hold.starts(at(101));
    adopt(at(104));
    hold.ready(at(131));
    assertThat(hold.holds()).as("until it is proven").isTrue();
    hold.proven();

    assertThat(hold.begins(at(200))).hasValue(Duration.ofMillis(3_500));
  }

  /** It is loaded for the status of each service that is ready, which need not be reloaded ever. */
  @Test
  void aLibraryThatCannotBeLoadedIsTriedOnceAndIsWordsInTheStatus() {
    AtomicInteger tries = new AtomicInteger();
    hold =
        new ConnectionHold(
            TEN,
            true,
            new HeldListeners(
                folder.resolve("other.sock"),
                event -> {},
                TEN,
                socket -> {
                  tries.incrementAndGet();
                  throw new NoClassDefFoundError("no memory");
                }));
    hold.starts(at(0));
    hold.ready(at(1));

    assertThat(hold.notHoldingBecause()).contains("no memory");
    assertThat(hold.notHoldingBecause()).contains("no memory");
    assertThat(tries).hasValue(1);
    assertThat(said).isEmpty();

    assertThat(hold.begins(at(100))).as("a reload tries it anew").isEmpty();
    assertThat(tries).hasValue(2);
    assertThat(said).singleElement().asString().contains("refused during the reload");
  }

  /** Otherwise each deploy would let its clients wait in vain. */
  @Test
  void aStartThatWasTooSlowIsNotWaitedForAgain() throws Exception {
    hold = new ConnectionHold(TEN, false, listeners);
    hold.begins(at(0));
    give(at(0));
    hold.ended(true, at(1));
    hold.starts(at(1));
    hold.look(at(11));

    assertThat(hold.begins(at(100))).isEmpty();
    assertThat(hold.notHoldingBecause()).contains("start 10000 ms");
  }

  /** Its own start, perhaps days ago, is not what a client would wait for. */
  @Test
  void aDrainThatTakesTheWholeTimeSaysNothingOfTheNextStart() throws Exception {
    hold = new ConnectionHold(TEN, false, listeners);
    hold.starts(at(0));
    hold.begins(at(10_000));
    give(at(10_000));
    hold.look(at(10_010));
    assertThat(hold.holds()).isFalse();
    hold.ended(true, at(10_011));
    hold.starts(at(10_011));

    assertThat(hold.begins(at(20_000))).hasValue(Duration.ofSeconds(5));
  }

  /** It may become so while it drains. */
  @Test
  void thatTheOldProcessIsReadyClosesNothing() throws Exception {
    hold.starts(at(0));
    hold.begins(at(2));
    give(at(2));

    hold.ready(at(3));

    assertThat(hold.holds()).isTrue();
  }

  private void startedIn(int seconds) {
    hold.starts(at(0));
    hold.ready(at(seconds));
  }

  private String give(long now) throws IOException {
    int socket = descriptors.tcpSockets().idleListener();
    opened.add(socket);
    String name = descriptors.tcpSockets().name(socket).orElseThrow();
    assertThat(agent.give(List.of(new Given(name, socket, 10)))).isEqualTo(1);
    hold.look(now);
    return name;
  }

  private void adopt(long now) throws IOException {
    String name = listeners.notAdopted().get(0);
    opened.add(agent.adopt(name, false).getAsInt());
    hold.look(now);
  }

  private static long at(int second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
