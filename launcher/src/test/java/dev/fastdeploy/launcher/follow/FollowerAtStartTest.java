package dev.fastdeploy.launcher.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowerAtStartTest {

  private static final Commit IMAGE = DesiredTest.IMAGE;
  private static final Commit STABLE = DesiredTest.STABLE;

  private final Container container = new Container();
  private final List<String> lines = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5;

  @Test
  void theStableReleaseIsLaidOutAndTheEpochRemembered() throws Exception {
    ask();

    assertThat(lines).containsExactly("staging", "stable stable 7");
    assertThat(container.staged).containsExactly(STABLE);
    assertThat(container.remembered).isEqualTo(7);
    assertThat(pauses).isEmpty();
  }

  @Test
  void whatLiesInTheHomeIsNotFetched() throws Exception {
    container.staged.add(STABLE);

    ask();

    assertThat(lines).containsExactly("stable stable 7");
  }

  @Test
  void theEpochIsRememberedWhereTheContainerStartsItsOwn() throws Exception {
    container.newest = DesiredTest.epoch(STABLE, new Commit("other"));

    ask();

    assertThat(lines).hasSize(2).last().isEqualTo("own");
    assertThat(lines.get(0)).startsWith("says the image release image is newer");
    assertThat(container.remembered).isEqualTo(7);
    assertThat(container.staged).isEmpty();
  }

  @Test
  void withoutARecordNothingIsSaid() throws Exception {
    container.newest = Optional.empty();

    ask();

    assertThat(lines).containsExactly("own");
    assertThat(container.remembered).isZero();
  }

  @Test
  void aStoreThatComesBackInTimeIsAskedAgainAndThatIsSaidOnce() throws Exception {
    container.failures = 3;

    ask();

    assertThat(lines)
        .containsExactly(
            "says the stable release of 'prod' is not there yet: down; trying again for 60 s",
            "staging",
            "stable stable 7");
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void aStoreThatStaysDownIsGivenUpWithinTheTimeout() throws Exception {
    container.failures = Integer.MAX_VALUE;
    long began = now;

    ask();

    assertThat(lines).hasSize(2).last().isEqualTo("unknown down");
    assertThat(Duration.ofNanos(now - began))
        .isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
    assertThat(pauses).last().isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void aReleaseThatCannotBeLaidOutIsTriedAgainAndGivenUpByItsName() throws Exception {
    container.missing = true;

    ask();

    assertThat(lines).last().isEqualTo("unknown 'stable' is not in the store");
    assertThat(container.staged).isEmpty();
  }

  @Test
  void whatFailsLongWindedIsOneShortLine() throws Exception {
    container.failure = "a\nb".repeat(5000);
    container.failures = Integer.MAX_VALUE;

    ask();

    assertThat(lines)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(800).doesNotContain("\n"));
  }

  private void ask() throws InterruptedException {
    new FollowerAtStart(
            "'prod'",
            IMAGE,
            container,
            Duration.ofMinutes(1),
            lines::add,
            () -> now,
            nanos -> {
              pauses.add(Duration.ofNanos(nanos));
              now += nanos;
            },
            () -> 0.5)
        .answer();
  }

  private static final class Container implements Surroundings {

    final List<Commit> staged = new ArrayList<>();
    Optional<Epoch> newest = DesiredTest.epoch(STABLE, IMAGE);
    String failure = "down";
    int failures;
    int remembered;
    boolean missing;

    @Override
    public Optional<Epoch> newest() throws IOException {
      if (failures > 0) {
        failures--;
        throw new IOException(failure);
      }
      return newest;
    }

    @Override
    public void remember(int epoch) {
      remembered = epoch;
    }

    @Override
    public boolean isStaged(Commit commit) {
      return staged.contains(commit);
    }

    @Override
    public void stage(Commit commit) throws IOException {
      if (missing) {
        throw new IOException("'stable' is not in the store");
      }
      staged.add(commit);
    }
  }
}
