package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a running launcher tells other processes on its machine, in the home's {@code run/launcher}.
 *
 * @param pid of the launcher
 * @param startedTicks when that process started, in clock ticks since boot: a pid alone may be
 *     another's, and a time of day changes when the clock is set (proc(5), field 22 of stat)
 * @param servicePid of the service, 0 while there is none
 * @param commit that the service was started from
 * @param agent whether it starts the service with the agent
 * @param readiness whether it can tell that a new release is ready; without that it deploys none
 */
public record LauncherFacts(
    long pid, long startedTicks, long servicePid, String commit, boolean agent, boolean readiness) {

  /** Makes them known. */
  public void write(Home home) throws IOException {
    String text =
        "pid="
            + pid
            + "\nstarted="
            + startedTicks
            + "\nservice="
            + servicePid
            + "\ncommit="
            + commit
            + "\nagent="
            + agent
            + "\nreadiness="
            + readiness
            + "\n";
    DurableFiles.write(home.launcherFacts(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** The facts of the launcher that runs in a home; nothing if none does. */
  public static Optional<LauncherFacts> read(Home home) throws IOException {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(Files.readString(home.launcherFacts())));
      LauncherFacts facts =
          new LauncherFacts(
              Long.parseLong(lines.getProperty("pid", "")),
              Long.parseLong(lines.getProperty("started", "")),
              Long.parseLong(lines.getProperty("service", "")),
              lines.getProperty("commit", ""),
              Boolean.parseBoolean(lines.getProperty("agent")),
              Boolean.parseBoolean(lines.getProperty("readiness")));
      return facts.alive() ? Optional.of(facts) : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  /** When a process started, in clock ticks since boot; 0 if there is none. */
  public static long startedTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name in parentheses may hold anything; the state, field 3, follows it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[22 - 3]);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException gone) {
      return 0;
    }
  }

  private boolean alive() {
    long ticks = startedTicks(pid);
    return ticks != 0 && ticks == startedTicks;
  }
}
