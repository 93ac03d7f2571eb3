package dev.fastdeploy.launcher.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.record.Beginning;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Known;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DesiredTest {

  static final Commit IMAGE = new Commit("image");
  static final Commit STABLE = new Commit("stable");
  private static final String NAME = "'prod' of 'shop'";

  @Test
  void withoutARecordTheContainerStartsItsOwn() {
    assertThat(Desired.of(NAME, Optional.empty(), IMAGE)).isEqualTo(new Desired.Own(""));
  }

  @Test
  void withoutADoneDeployTheContainerStartsItsOwnAndNobodyIsAlarmed() {
    assertThat(Desired.of(NAME, epoch(null), IMAGE)).isEqualTo(new Desired.Own(""));
    assertThat(Desired.of(NAME, epoch(null, IMAGE), IMAGE)).isEqualTo(new Desired.Own(""));
  }

  @Test
  void aContainerOfAKnownImageFollows() {
    assertThat(Desired.of(NAME, epoch(STABLE, new Commit("older"), IMAGE), IMAGE))
        .isEqualTo(new Desired.Stable(STABLE));
  }

  @Test
  void anImageThatIsNotKnownIsNewerAndWinsWithALine() {
    Desired desired = Desired.of(NAME, epoch(STABLE, new Commit("older")), IMAGE);

    assertThat(desired).isInstanceOf(Desired.Own.class);
    assertThat(((Desired.Own) desired).why()).contains("image", "stable", NAME, "newer");
  }

  @Test
  void anImageOfTheStableCommitItselfNeedNotBeKnown() {
    assertThat(Desired.of(NAME, epoch(STABLE), STABLE)).isEqualTo(new Desired.Stable(STABLE));
  }

  /** An epoch after which, and during which, so much is known. */
  static Optional<Epoch> epoch(@Nullable Commit stable, Commit... images) {
    Known known = new Known(stable, null, stable, List.of("file:fleet"), Set.of(images));
    return Optional.of(
        new Epoch(
            7, new Beginning("o", "eve", "", Instant.EPOCH, null, null, null, 0, known), null));
  }
}
