package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.deploy.Instance;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.UnpreparedStrategy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesTest {

  private static final InstanceFacts FACTS =
      new InstanceFacts("host", "host.0f", null, 42, 1000, "1.0", "17", ClassArchive.UNKNOWN);

  @Test
  void aStatusTellsWhyAStrategyWasNotPrepared() {
    assertThat(status(new Instance().notPrepared("module", "use -cp")).getUnpreparedList())
        .containsExactly(
            UnpreparedStrategy.newBuilder().setStrategy("module").setReason("use -cp").build());
  }

  @Test
  void aStatusTellsOfNoStrategyWhereAllWerePrepared() {
    assertThat(status(new Instance()).getUnpreparedList()).isEmpty();
  }

  @Test
  void aStatusTellsWhyNothingCanBeFetched() {
    Instance instance = new Instance();
    assertThat(status(instance).getStoreUnusableBecause()).isEmpty();
    instance.withoutStore();
    assertThat(status(instance).getStoreUnusableBecause()).contains("--store is missing");
  }

  @Test
  void aStatusTellsWhatIsFreeForReleasesWhereThereIsAHome(@TempDir Path home) {
    InstanceFacts facts =
        new InstanceFacts("host", "host.0f", home, 42, 1000, "1.0", "17", ClassArchive.UNKNOWN);
    InstanceStatus told = Messages.status(new Instance().deployer().snapshot(), facts);

    assertThat(told.hasFreeBytes()).isTrue();
    assertThat(told.getFreeBytes()).isPositive();
    assertThat(status(new Instance()).hasFreeBytes()).isFalse();
    InstanceFacts gone =
        new InstanceFacts(
            "host", "host.0f", home.resolve("gone"), 42, 1000, "1.0", "17", ClassArchive.UNKNOWN);
    assertThat(Messages.status(new Instance().deployer().snapshot(), gone).hasFreeBytes())
        .isFalse();
  }

  private static InstanceStatus status(Instance instance) {
    return Messages.status(instance.deployer().snapshot(), FACTS);
  }
}
