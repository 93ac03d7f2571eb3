package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.deploy.Instance;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.UnpreparedStrategy;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final InstanceFacts FACTS =
      new InstanceFacts("host", "host.0f", 42, 1000, "1.0", "17");

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

  private static InstanceStatus status(Instance instance) {
    return Messages.status(instance.deployer().view(), FACTS);
  }
}
