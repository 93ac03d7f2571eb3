package dev.fastdeploy.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.ProcessContract;
import org.junit.jupiter.api.Test;

/** An endpoint whose thread ends is told as lost, whenever that is. */
class EndpointThreadTest {

  private int told;
  private final EndpointThread thread = new EndpointThread(() -> told++);

  @Test
  void anEndIsToldOnceItListens() throws Exception {
    thread.listens();
    assertThat(told).isZero();

    run(() -> {});

    assertThat(told).isEqualTo(1);
  }

  /** By it the endpoint's listener is told from the service's. */
  @Test
  void itHasTheNameThatIsAgreed() {
    assertThat(thread.newThread(() -> {}).getName()).isEqualTo(ProcessContract.ENDPOINT_THREAD);
  }

  @Test
  void anErrorIsAnEndToo() throws Exception {
    thread.listens();

    run(
        () -> {
          throw new OutOfMemoryError("Metaspace");
        });

    assertThat(told).isEqualTo(1);
  }

  @Test
  void anEndWhileTheStartIsToldIsNotLost() throws Exception {
    run(() -> {});
    assertThat(told).as("the start has failed until somebody says that it listens").isZero();

    thread.listens();

    assertThat(told).isEqualTo(1);
  }

  private void run(Runnable task) throws InterruptedException {
    Thread made = thread.newThread(task);
    made.start();
    made.join();
  }
}
