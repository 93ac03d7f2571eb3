package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.launcher.fleet.plan.Member;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all sources owe. */
abstract class FleetSourceContract {

  static final Duration PATIENT = Duration.ofSeconds(60);
  static final String ONE = "10.0.0.1:7400";
  static final String TWO = "10.0.0.2:7400";
  static final String THREE = "10.0.0.3:7400";

  private FleetSource source = closed();

  /** A source that finds these addresses. */
  abstract FleetSource finding(Duration patience, String... addresses) throws Exception;

  final FleetSource opened(Duration patience, String... addresses) throws Exception {
    source = finding(patience, addresses);
    return source;
  }

  @AfterEach
  final void closeSource() {
    source.close();
  }

  @Test
  void tellsOfAllMembers() throws Exception {
    assertThat(addresses(opened(PATIENT, ONE, TWO).ask())).containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void eachMemberHasItsOwnId() throws Exception {
    assertThat(seen(opened(PATIENT, ONE, TWO).ask()).members())
        .extracting(Member::id)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void idsAreTheSameWhenItIsAskedAgain() throws Exception {
    FleetSource asked = opened(PATIENT, ONE, TWO);

    assertThat(asked.ask()).isEqualTo(asked.ask());
  }

  @Test
  void isUnknownOnceItIsClosed() throws Exception {
    FleetSource asked = opened(PATIENT, ONE);
    asked.ask();
    asked.close();
    asked.close();

    assertThat(asked.ask()).isEqualTo(new SourceAnswer.Unknown("the source is closed"));
  }

  @Test
  void anInterruptIsPassedOn() throws Exception {
    FleetSource asked = opened(PATIENT, ONE);
    Thread.currentThread().interrupt();

    assertThatThrownBy(asked::ask).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  static SourceAnswer.Seen seen(SourceAnswer answer) {
    assertThat(answer).isInstanceOf(SourceAnswer.Seen.class);
    return (SourceAnswer.Seen) answer;
  }

  static List<String> addresses(SourceAnswer answer) {
    assertThat(seen(answer).complete()).isTrue();
    return seen(answer).members().stream().map(Member::address).toList();
  }

  static String why(SourceAnswer answer) {
    assertThat(answer).isInstanceOf(SourceAnswer.Unknown.class);
    String why = ((SourceAnswer.Unknown) answer).why();
    assertThat(why).isNotBlank().doesNotContain("\n");
    return why;
  }

  private static FleetSource closed() {
    return new BoundedSource("none", deadline -> new SourceAnswer.Seen(List.of(), true), PATIENT);
  }
}
