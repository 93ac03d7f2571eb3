package dev.fastdeploy.launcher.supervisor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExitWatchTest {

  private static final Duration LATE = Duration.ofSeconds(30);

  private final LinkedBlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();

  @Test
  void reportsTheEnd() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "exit 7").start();

    ExitWatch watch = new ExitWatch(process, events::add);

    assertThat(events.poll(LATE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(new SupervisorEvent.Exited(process, 7));
    assertThat(watch.left(System.nanoTime())).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void looksForTheEndWhereNoThreadCanBeMade() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "exit 7").start();
    ExitWatch watch = new ExitWatch(process, events::add, ExitWatchTest::noThread);

    assertThat(watch.left(System.nanoTime())).isLessThan(Long.MAX_VALUE);
    await()
        .atMost(LATE)
        .until(
            () -> {
              watch.look(System.nanoTime());
              return !events.isEmpty();
            });

    assertThat(events).containsExactly(new SupervisorEvent.Exited(process, 7));
    assertThat(watch.left(System.nanoTime())).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void makesTheThreadLater() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    try {
      List<Runnable> made = new ArrayList<>();
      boolean[] exhausted = {true};
      ExitWatch watch =
          new ExitWatch(
              process,
              events::add,
              (name, task) -> {
                if (exhausted[0]) {
                  noThread(name, task);
                }
                made.add(task);
              });
      assertThat(made).isEmpty();

      exhausted[0] = false;
      watch.look(System.nanoTime() + LATE.toNanos());

      assertThat(made).hasSize(1);
      assertThat(watch.left(System.nanoTime())).isEqualTo(Long.MAX_VALUE);
      assertThat(events).isEmpty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void noThread(String name, Runnable task) {
    throw new OutOfMemoryError("unable to create native thread");
  }
}
