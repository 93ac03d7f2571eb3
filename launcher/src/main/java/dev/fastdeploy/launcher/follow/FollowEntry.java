package dev.fastdeploy.launcher.follow;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.FollowWords;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The payload's entry point for the JVM that a launcher starts to ask the record of its
 * environment. It reads its settings from system properties and prints lines; see {@link
 * FollowWords}. The exit code is 0 if there is an answer.
 */
public final class FollowEntry implements Function<Map<String, Object>, Object> {

  /** Called by the payload's loader. */
  public FollowEntry() {}

  @Override
  public Object apply(Map<String, Object> values) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Consumer<String> lines = out::println;
    endWithTheLauncher(Thread.currentThread());
    try {
      follower(new Settings(Map.of(), System.getProperties(), System.getenv()), lines).answer();
      return 0;
    } catch (RuntimeException wrongSetting) {
      lines.accept(FollowWords.UNKNOWN + " " + Diagnostics.reason(wrongSetting));
      return 0;
    } catch (InterruptedException alone) {
      return 1;
    }
  }

  private static FollowerAtStart follower(Settings settings, Consumer<String> lines) {
    EnvironmentName environment =
        EnvironmentName.of(settings)
            .orElseThrow(() -> new IllegalArgumentException("--env is missing"));
    Home home = new Home(Path.of(settings.required(Setting.HOME)));
    Duration timeout = settings.requiredDuration(Setting.FOLLOW_TIMEOUT);
    return new FollowerAtStart(
        "'" + environment + "' of '" + settings.required(Setting.APP) + "'",
        new Commit(settings.required(Setting.COMMIT)),
        new StoreAndHome(settings, home, environment),
        timeout,
        lines,
        System::nanoTime,
        TimeUnit.NANOSECONDS::sleep,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Ends with the launcher, which holds the standard input open while it waits for the answer. */
  private static void endWithTheLauncher(Thread asking) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is written to standard input.
                }
              } catch (IOException closed) {
                // As above.
              }
              asking.interrupt();
            },
            "fastdeploy-launcher-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
