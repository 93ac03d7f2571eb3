package dev.fastdeploy.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The agent's threads in an application that minds uncaught exceptions. */
class AgentThreadsTest {

  @Test
  void failuresDoNotReachTheApplicationsHandler() throws Exception {
    List<Throwable> seen = new CopyOnWriteArrayList<>();
    UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> seen.add(failure));
    try {
      AgentThreads.start("test-failing", AgentThreadsTest::fail).join();
      Thread made = AgentThreads.named("test-made").newThread(AgentThreadsTest::fail);
      made.start();
      made.join();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(seen).isEmpty();
  }

  private static void fail() {
    throw new IllegalStateException("a bug of the agent");
  }
}
