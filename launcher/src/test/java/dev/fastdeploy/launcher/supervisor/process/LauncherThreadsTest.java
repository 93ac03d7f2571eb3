package dev.fastdeploy.launcher.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Diagnostics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes who hears of threads that end")
class LauncherThreadsTest {

  @Test
  void aLineSaysWhatEndsAThreadThatWasStartedOtherwise() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    List<String> said = new CopyOnWriteArrayList<>();
    Consumer<String> speaker = Diagnostics.sayBy(said::add);
    try {
      LauncherThreads.sayWhatEndsAny();
      Thread thread = new Thread(LauncherThreadsTest::fail, "fastdeploy-other");
      thread.start();
      thread.join();
    } finally {
      Diagnostics.sayBy(speaker);
      Thread.setDefaultUncaughtExceptionHandler(before);
    }

    assertThat(said)
        .containsExactly("fastdeploy: the thread fastdeploy-other ended: NoSuchMethodError: gone");
  }

  private static void fail() {
    throw new NoSuchMethodError("gone");
  }
}
