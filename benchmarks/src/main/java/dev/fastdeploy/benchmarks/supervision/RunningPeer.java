package dev.fastdeploy.benchmarks.supervision;

import dev.fastdeploy.benchmarks.figures.ProcessMemory;
import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A supervisor that runs, and its child. Used by one thread at a time. */
public final class RunningPeer implements AutoCloseable {

  private static final int RELOAD = 75;
  private static final String LOOP = "while :; do \"$@\"; done";

  private final TimedChild child;
  private final ChildProcess process;

  private RunningPeer(TimedChild child, ChildProcess process) {
    this.child = child;
    this.process = process;
  }

  /**
   * Starts a supervisor, and returns once its child runs.
   *
   * @throws IOException if one of them does not start
   */
  public static RunningPeer start(Peer peer, Workplace workplace, Jdk jdk)
      throws IOException, InterruptedException {
    Path folder = workplace.newFolder("peer");
    TimedChild child = TimedChild.in(folder, workplace.variables());
    List<String> command = command(peer, folder, child, jdk);
    ChildProcess process = ChildProcess.start(command, workplace.variables(), folder);
    RunningPeer running = new RunningPeer(child, process);
    try {
      child.awaitStart(1);
      return running;
    } catch (IOException silent) {
      String last = String.join(" | ", process.output().last(5));
      running.close();
      throw new IOException(peer.label() + " does not run: " + last, silent);
    }
  }

  private static List<String> command(Peer peer, Path folder, TimedChild child, Jdk jdk)
      throws IOException {
    return switch (peer) {
      case FASTDEPLOY -> launcher(folder, child, jdk);
      case SHELL -> concat(List.of("sh", "-c", LOOP, "loop"), child.command(0));
      case S6 -> List.of("s6-supervise", runDirectory(folder, child));
      case RUNSV -> List.of("runsv", runDirectory(folder, child));
      case SUPERVISORD -> List.of("supervisord", "-c", configuration(folder, child));
      case TINI -> concat(List.of("tini", "--"), child.command(0));
    };
  }

  private static List<String> launcher(Path folder, TimedChild child, Jdk jdk) throws IOException {
    Path release = Files.createDirectory(folder.resolve("release"));
    List<String> words = new ArrayList<>();
    words.add(jdk.java().toString());
    words.addAll(LauncherProcess.SMALL_JVM);
    words.addAll(List.of("-jar", Artifacts.own().fastdeployJar().toString(), "run"));
    words.addAll(List.of("--home", folder.resolve("home").toString()));
    words.addAll(List.of("--release", release.toString(), "--commit", "image"));
    words.addAll(List.of("--no-agent", "--reload-exit-code", "" + RELOAD));
    words.addAll(List.of("--ready-after", "100ms", "--soak", "100ms", "--"));
    words.addAll(child.command(RELOAD));
    return words;
  }

  /** Returns what s6 and runit agree on: a directory with an executable named run. */
  private static String runDirectory(Path folder, TimedChild child) throws IOException {
    Path service = Files.createDirectory(folder.resolve("service"));
    Path run = service.resolve("run");
    Files.writeString(run, "#!/bin/sh\nexec " + quoted(child) + "\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    return service.toString();
  }

  private static String configuration(Path folder, TimedChild child) throws IOException {
    Path file = folder.resolve("supervisord.conf");
    Files.writeString(
        file,
        """
        [supervisord]
        nodaemon=true
        logfile=/dev/null
        logfile_maxbytes=0
        pidfile=%1$s/supervisord.pid
        childlogdir=%1$s
        [program:child]
        command=%2$s
        autorestart=true
        startsecs=1
        """
            .formatted(folder, quoted(child)));
    return file.toString();
  }

  /** The child's folder lies in the workplace, whose name needs no more than quotes. */
  private static String quoted(TimedChild child) {
    return child.command(0).stream()
        .map(word -> "\"" + word + "\"")
        .collect(Collectors.joining(" "));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> words = new ArrayList<>(first);
    words.addAll(second);
    return words;
  }

  /** Has the child end, and returns the milliseconds until the next one ran. */
  public double restart() throws IOException, InterruptedException {
    int starts = child.starts();
    child.end();
    child.awaitStart(starts + 1);
    return child.gapMillis();
  }

  /** Returns how often the child was started. */
  public int starts() throws IOException {
    return child.starts();
  }

  /** Returns the memory of the supervisor alone, without its child. */
  public ProcessMemory memory() throws IOException {
    return ProcessMemory.of(process.pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
