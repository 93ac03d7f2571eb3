package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.control.AuditTrail.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is written and what is counted. */
class AuditTrailTest {

  private static final Kind OUTCOME = new Kind("10.0.0.1", "token:1", "GetOutcome", "d1");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private final List<Runnable> later = new ArrayList<>();
  private Duration setBack = Duration.ZERO;
  private final AuditTrail trail =
      new AuditTrail(
          () -> now.minus(setBack),
          () -> now.toEpochMilli() * 1_000_000,
          lines::add,
          (delay, task) -> later.add(task));

  @Test
  void countsReadsThatRepeat() {
    for (int i = 0; i < 50; i++) {
      trail.writeRead(OUTCOME, "call=GetOutcome");
      now = now.plusMillis(200);
    }
    assertThat(lines).containsExactly("audit time=2030-01-01T00:00:00Z call=GetOutcome");

    trail.writeRead(OUTCOME, "call=GetOutcome");

    assertThat(lines)
        .hasSize(2)
        .last()
        .isEqualTo("audit time=2030-01-01T00:00:10Z call=GetOutcome repeated=49");
    now = now.plusSeconds(10);
    trail.writeRead(OUTCOME, "call=GetOutcome");
    assertThat(lines).last().asString().endsWith("call=GetOutcome");
  }

  @Test
  void aClockThatIsSetBackHidesNothing() {
    trail.writeRead(OUTCOME, "call=GetOutcome");
    setBack = Duration.ofHours(1);
    now = now.plusSeconds(10);

    trail.writeRead(OUTCOME, "call=GetOutcome");

    assertThat(lines).last().isEqualTo("audit time=2029-12-31T23:00:10Z call=GetOutcome");
  }

  @Test
  void writesEachKindOfRead() {
    trail.writeRead(OUTCOME, "1");
    trail.writeRead(new Kind("10.0.0.2", "token:1", "GetOutcome", "d1"), "2");
    trail.writeRead(new Kind("10.0.0.1", "token:2", "GetOutcome", "d1"), "3");
    trail.writeRead(new Kind("10.0.0.1", "token:1", "GetStatus", "d1"), "4");
    trail.writeRead(new Kind("10.0.0.1", "token:1", "GetOutcome", "d2"), "5");

    assertThat(lines).hasSize(5);
  }

  @Test
  void writesEachLineOfWhatIsNoAllowedRead() {
    trail.writeRead(OUTCOME, "decision=allowed");
    trail.writeRead(OUTCOME, "decision=allowed");
    trail.write(OUTCOME, "decision=denied");
    trail.write(OUTCOME, "decision=denied");

    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).endsWith("decision=denied repeated=1");
    assertThat(lines.get(2)).endsWith("decision=denied");
  }

  @Test
  void countsRefusalsPastTheFirstOfAPeer() {
    for (int i = 0; i < 1000; i++) {
      trail.writeRefused(new Kind("10.0.0.1", "-", "call" + i, "-"), "decision=denied");
    }
    trail.writeRefused(new Kind("10.0.0.2", "-", "call", "-"), "decision=other");

    assertThat(lines).hasSize(9).last().asString().endsWith("decision=other");
    assertThat(later).hasSize(1);
    later.remove(0).run();
    assertThat(lines)
        .hasSize(10)
        .last()
        .asString()
        .endsWith(
            "peer=10.0.0.1 identity=- call=- deploy=- commit=- decision=not-allowed repeated=992");
    now = now.plusSeconds(10);
    trail.writeRefused(new Kind("10.0.0.1", "-", "call", "-"), "decision=denied");
    assertThat(lines).hasSize(11).last().asString().endsWith("decision=denied");
  }

  @Test
  void manyPeersDoNotWriteTheLogFullTogether() {
    for (int second = 0; second < 100; second++) {
      for (int i = 0; i < 1000; i++) {
        trail.writeRefused(new Kind(second + ":" + i, "-", "c", "-"), "decision=denied");
      }
      now = now.plusSeconds(1);
      if (second % 10 == 9) {
        List.copyOf(later).forEach(Runnable::run);
        later.clear();
      }
    }

    assertThat(lines).hasSizeLessThan(10 * (64 + 33) + 1);
    assertThat(lines.stream().mapToInt(AuditTrailTest::told).sum()).isEqualTo(100_000);
  }

  private static int told(String line) {
    int repeated = line.indexOf(" repeated=");
    return repeated < 0 ? 1 : Integer.parseInt(line.substring(repeated + " repeated=".length()));
  }

  @Test
  void anAcceptedChangeIsAlwaysWritten() {
    for (int i = 0; i < 1000; i++) {
      trail.writeRefused(OUTCOME, "decision=denied");
      trail.writeAccepted(OUTCOME, "decision=accepted");
    }

    assertThat(lines).filteredOn(line -> line.endsWith("decision=accepted")).hasSize(1000);
  }

  @Test
  void forgetsTheOldestKindsOfManyClients() {
    trail.writeRead(OUTCOME, "first");
    for (int i = 0; i < 300; i++) {
      trail.writeRead(new Kind("h" + i, "token:1", "GetStatus", "-"), "more");
    }
    trail.writeRead(OUTCOME, "again");

    assertThat(lines).last().asString().endsWith("again");
  }

  @Test
  void countsEachReadOfManyThreadsOnce() throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                await(ready);
                for (int call = 0; call < 1000; call++) {
                  trail.writeRead(OUTCOME, "read");
                }
              });
      thread.start();
      threads.add(thread);
    }
    ready.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    now = now.plusSeconds(10);
    trail.writeRead(OUTCOME, "read");

    assertThat(lines).hasSize(2).last().asString().endsWith("repeated=3999");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
