package dev.fastdeploy.launcher.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrphanReaperTest {

  private final List<Long> reaped = new ArrayList<>();
  private final OrphanReaper reaper = new OrphanReaper(reaped::add);

  @Test
  void whatHasJustEndedIsLeftToWhoStartedIt() {
    reaper.look(Set.of(7L));
    reaper.look(Set.of(8L));

    assertThat(reaped).isEmpty();
  }

  @Test
  void whatNobodyHasReapedIsReapedAtTheNextLook() {
    reaper.look(Set.of(7L, 8L));
    reaper.look(Set.of(8L, 9L));

    assertThat(reaped).containsExactly(8L);
  }
}
