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
 * The facts that a running launcher tells other processes on its machine, in the home's {@code
 * run/launcher}.
 *
 * @param pid the launcher's process
 * @param startedTicks the start of that process, in clock ticks since boot: a pid alone may be
 *     another process's, and a time of day changes when the clock is set (proc(5), field 22 of
 *     stat)
 * @param servicePid the service's process, 0 while there is none
 * @param serviceStartedTicks the start of that process, 0 while there is none
 * @param commit the commit that the service was started from
 * @param agent whether it starts the service with the agent
 * @param agentHeard false if that agent had long enough to be heard of and was not
 * @param readiness whether it can tell that a new release is ready; without that it deploys none
 * @param mark the mark of what descends from its services, see {@link ProcessContract#MARK}; empty
 *     if it marks none
 * @param listens the address of the service's agent; empty if that is the home's socket
 * @param unreachable why nobody can reach the service's agent, a sentence of its own; empty if no
 *     reason is known
 */
public record LauncherFacts(
    long pid,
    long startedTicks,
    long servicePid,
    long serviceStartedTicks,
    String commit,
    boolean agent,
    boolean agentHeard,
    boolean readiness,
    String mark,
    String listens,
    String unreachable) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Writes the facts to the home. */
  public void write(Home home) throws IOException {
    String text =
        "pid="
            + pid
            + "\nstarted="
            + startedTicks
            + "\nservice="
            + servicePid
            + "\nservice.started="
            + serviceStartedTicks
            + "\ncommit="
            + commit
            + "\nagent="
            + agent
            + "\nagent.heard="
            + agentHeard
            + "\nreadiness="
            + readiness
            + "\nmark="
            + mark
            + "\nlistens="
            + Text.encoded(listens)
            + "\nunreachable="
            + Text.encoded(unreachable)
            + "\nboot="
            + boot()
            + "\n";
    DurableFiles.write(home.launcherFacts(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the facts of the launcher that runs in a home; empty if none runs. */
  public static Optional<LauncherFacts> read(Home home) throws IOException {
    return written(home).filter(LauncherFacts::alive);
  }

  /**
   * Returns the facts of the previous launcher if it did not end properly: it was killed, and its
   * service may have outlived it.
   */
  public static Optional<LauncherFacts> left(Home home) {
    try {
      return written(home).filter(facts -> !facts.alive());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<LauncherFacts> written(Home home) throws IOException {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(Files.readString(home.launcherFacts())));
      // Ticks are counted from the boot, and start again with the next.
      if (!lines.getProperty("boot", boot()).equals(boot())) {
        return Optional.empty();
      }
      return Optional.of(
          new LauncherFacts(
              Long.parseLong(lines.getProperty("pid", "")),
              Long.parseLong(lines.getProperty("started", "")),
              Long.parseLong(lines.getProperty("service", "")),
              Long.parseLong(lines.getProperty("service.started", "0")),
              lines.getProperty("commit", ""),
              Boolean.parseBoolean(lines.getProperty("agent")),
              Boolean.parseBoolean(lines.getProperty("agent.heard", "true")),
              Boolean.parseBoolean(lines.getProperty("readiness")),
              lines.getProperty("mark", ""),
              Text.decoded(lines.getProperty("listens", "")),
              Text.decoded(lines.getProperty("unreachable", ""))));
    } catch (NoSuchFileException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /**
   * Returns the start of a process, in clock ticks since boot; 0 if there is none, or only a
   * zombie.
   */
  public static long startedTicks(long pid) {
    return ProcessStat.of(pid)
        .filter(stat -> !stat.ended())
        .map(ProcessStat::startedTicks)
        .orElse(0L);
  }

  /** Returns true if the service runs, even without its launcher. */
  public boolean serviceAlive() {
    return isAlive(servicePid, serviceStartedTicks);
  }

  private boolean alive() {
    return isAlive(pid, startedTicks);
  }

  private static boolean isAlive(long pid, long startedTicks) {
    return startedTicks != 0 && startedTicks(pid) == startedTicks;
  }

  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException hardenedProc) {
      return "";
    }
  }
}
