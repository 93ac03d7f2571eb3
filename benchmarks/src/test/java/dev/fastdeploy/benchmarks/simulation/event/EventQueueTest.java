package dev.fastdeploy.benchmarks.simulation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final EventQueue events = new EventQueue();
  private final List<String> seen = new ArrayList<>();

  @Test
  void eventsHappenInTheOrderOfTimeAndThenOfAsking() {
    see(20, "late");
    see(10, "first");
    see(10, "second");

    events.run(Duration.ofDays(1));

    assertThat(seen).containsExactly("10 first", "10 second", "20 late");
  }

  @Test
  void anEventCanAskForOthers() {
    events.at(5, () -> see(events.now() + 1, "next"));

    events.run(Duration.ofDays(1));

    assertThat(seen).containsExactly("6 next");
  }

  @Test
  void nothingHappensInThePast() {
    events.at(5, () -> see(4, "too late"));

    assertThatIllegalArgumentException().isThrownBy(() -> events.run(Duration.ofDays(1)));
  }

  @Test
  void whatDoesNotEndIsStoppedAtTheHorizon() {
    again();

    assertThatIllegalStateException()
        .isThrownBy(() -> events.run(Duration.ofHours(1)))
        .withMessageContaining("1 hours");
  }

  private void again() {
    events.at(events.now() + 60_000, this::again);
  }

  private void see(long time, String what) {
    events.at(time, () -> seen.add(events.now() + " " + what));
  }
}
