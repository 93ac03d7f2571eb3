package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Probation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvidenceTest {

  private static final long SOAKED = 100;

  private final Evidence evidence = new Evidence(true);

  @Test
  void needsAnEndpointAndClassesThatWereLookedAtAfterTheSoak() {
    assertThat(evidence.lacking(SOAKED)).get().asString().contains("control endpoint");
    evidence.listens();
    assertThat(evidence.lacking(SOAKED)).get().asString().contains("classes");
    answered(SOAKED - 1);
    assertThat(evidence.lacking(SOAKED)).isPresent();
    assertThat(evidence.wantsClasses(SOAKED)).isTrue();

    answered(SOAKED);

    assertThat(evidence.lacking(SOAKED)).isEmpty();
    assertThat(evidence.wantsClasses(SOAKED)).isFalse();
    assertThat(evidence.failure()).isEmpty();
  }

  @Test
  void asksOnceAtATime() {
    evidence.asked(1);

    assertThat(evidence.wantsClasses(SOAKED)).isFalse();
    evidence.classes("");
    assertThat(evidence.wantsClasses(SOAKED)).isTrue();
  }

  @Test
  void whatIsAgainstItIsAFailure() {
    evidence.asked(1);
    evidence.classes("2 classes come from another release");
    assertThat(evidence.failure()).contains("2 classes come from another release");

    evidence.fails("no port");
    assertThat(evidence.failure()).contains("no port");
  }

  @Test
  void anotherAgentMustShowItAnew() {
    evidence.listens();
    answered(SOAKED);
    evidence.fails("no port");

    evidence.forget();

    assertThat(evidence.failure()).isEmpty();
    assertThat(evidence.lacking(SOAKED)).isPresent();
    assertThat(evidence.wantsClasses(0)).isTrue();
  }

  @Test
  void aServiceWithoutAnAgentHasNothingToShow() {
    Evidence none = new Evidence(false);
    assertThat(none.lacking(SOAKED)).isEmpty();
    assertThat(none.wantsClasses(SOAKED)).isFalse();

    none.hasAgent();

    assertThat(none.lacking(SOAKED)).isPresent();
  }

  @Test
  void thereIsTimeForItAfterAShortSoakAndAfterALateOne() {
    Duration second = Duration.ofSeconds(1);
    Probation early = new Probation(0, second.multipliedBy(60), Duration.ZERO, second);
    early.ready(second.toNanos());
    assertThat(Evidence.deadline(early)).isEqualTo(second.multipliedBy(60).toNanos());

    Probation late = new Probation(0, second.multipliedBy(60), Duration.ZERO, second);
    late.ready(second.multipliedBy(59).toNanos());
    assertThat(Evidence.deadline(late)).isEqualTo(second.multipliedBy(70).toNanos());
  }

  private void answered(long askedAt) {
    evidence.asked(askedAt);
    evidence.classes("");
  }
}
