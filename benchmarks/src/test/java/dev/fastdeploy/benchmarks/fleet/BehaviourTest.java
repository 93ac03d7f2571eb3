package dev.fastdeploy.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BehaviourTest {

  @Test
  void aTenthOfALargeFleetHasFaultsTheKindsInEqualParts() {
    Map<Behaviour, Long> counts =
        IntStream.range(0, 4_000)
            .mapToObj(Behaviour::ofNumber)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(counts)
        .containsEntry(Behaviour.SOUND, 3_600L)
        .containsEntry(Behaviour.DEAD, 100L)
        .containsEntry(Behaviour.HUNG, 100L)
        .containsEntry(Behaviour.SLOW, 100L)
        .containsEntry(Behaviour.FLAPPING, 100L);
  }

  @Test
  void theBudgetsAreAboveAndBelowWhatFails() {
    assertThat(Faults.NONE.setting(4_000, List.of()).isDoneInTheEnd()).isTrue();
    assertThat(Faults.WITHIN_BUDGET.setting(4_000, List.of()).isDoneInTheEnd()).isTrue();
    assertThat(Faults.OVER_BUDGET.setting(4_000, List.of()).isDoneInTheEnd()).isFalse();
  }

  @Test
  void eachInstanceHasAnAddressOfItsOwn() {
    assertThat(IntStream.range(0, 20_000).mapToObj(FleetSite::host).distinct()).hasSize(20_000);
    assertThat(FleetSite.host(0)).isEqualTo("127.77.0.1");
    assertThat(FleetSite.host(19_999)).isEqualTo("127.77.79.250");
  }
}
