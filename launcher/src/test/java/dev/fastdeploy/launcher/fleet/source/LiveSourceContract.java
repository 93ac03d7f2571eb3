package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What sources owe that may change, fail or hang between two questions. */
abstract class LiveSourceContract extends FleetSourceContract {

  static final Duration SHORT = Duration.ofMillis(500);

  /** From now on the source is to find these addresses. */
  abstract void has(String... addresses) throws Exception;

  /** From now on there is nobody. */
  abstract void hasNobody() throws Exception;

  /** From now on an answer breaks off behind a part of the members. */
  abstract void breaksOff() throws Exception;

  /** From now on no answer can be had. */
  abstract void fails() throws Exception;

  /**
   * From now on one of the members is not understood.
   *
   * @return the value that the answer must name
   */
  abstract String isWrong() throws Exception;

  /** From now on an answer does not come to an end. */
  abstract void hangs() throws Exception;

  @Test
  void findsWhatChanged() throws Exception {
    FleetSource asked = opened(PATIENT, ONE, TWO);
    asked.ask();
    has(TWO, THREE);

    assertThat(addresses(asked.ask())).containsExactlyInAnyOrder(TWO, THREE);
  }

  @Test
  void halfAnAnswerSaysThatItIsNoWhole() throws Exception {
    FleetSource asked = opened(PATIENT, ONE, TWO);
    asked.ask();
    breaksOff();

    SourceAnswer answer = asked.ask();

    assertThat(answer instanceof SourceAnswer.Seen seen && seen.complete())
        .as("%s", answer)
        .isFalse();
  }

  @Test
  void aFailureIsUnknownAndPasses() throws Exception {
    FleetSource asked = opened(PATIENT, ONE);
    fails();
    why(asked.ask());
    has(ONE);

    assertThat(addresses(asked.ask())).containsExactly(ONE);
  }

  @Test
  void nobodyIsUnknown() throws Exception {
    FleetSource asked = opened(PATIENT, ONE);
    asked.ask();
    hasNobody();

    why(asked.ask());
  }

  @Test
  void aWrongValueIsNamed() throws Exception {
    FleetSource asked = opened(PATIENT, ONE);
    String value = isWrong();

    assertThat(why(asked.ask())).contains(value);
  }

  @Test
  void anAnswerIsGivenUpAtItsDeadlineAndLaterOnesCome() throws Exception {
    FleetSource asked = opened(SHORT, ONE);
    hangs();
    why(asked.ask());
    has(ONE);

    await()
        .atMost(PATIENT)
        .untilAsserted(() -> assertThat(addresses(asked.ask())).containsExactly(ONE));
  }

  @Test
  void closingEndsAQuestion() throws Exception {
    FleetSource asked = opened(PATIENT, ONE);
    hangs();
    CompletableFuture<SourceAnswer> answer = new CompletableFuture<>();
    Thread asking = new Thread(() -> answer.complete(asked(asked)));
    asking.start();
    await().atMost(PATIENT).until(() -> asking.getState() == Thread.State.TIMED_WAITING);
    asked.close();

    assertThat(answer).succeedsWithin(Duration.ofSeconds(30));
    assertThat(why(answer.join())).isNotBlank();
  }

  private static SourceAnswer asked(FleetSource source) {
    try {
      return source.ask();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
