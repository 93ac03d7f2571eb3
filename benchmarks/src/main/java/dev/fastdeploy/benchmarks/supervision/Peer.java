package dev.fastdeploy.benchmarks.supervision;

import dev.fastdeploy.demo.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A supervisor, which starts a process and restarts it when it has ended. */
public enum Peer {
  /** fastdeploy's launcher, with the flags of its entrypoint. */
  FASTDEPLOY("fastdeploy", "", ""),
  /** A loop of three lines. */
  SHELL("sh loop", "sh", ""),
  /** Of the s6 suite. */
  S6("s6-supervise", "s6-supervise", "s6"),
  /** Of runit. */
  RUNSV("runsv", "runsv", "runit"),
  /** The one in Python. */
  SUPERVISORD("supervisord", "supervisord", "supervisor"),
  /** The init of containers; it starts nothing again. */
  TINI("tini", "tini", "tini");

  private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

  private final String label;
  private final String program;
  private final String debianPackage;

  Peer(String label, String program, String debianPackage) {
    this.label = label;
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /** The name in results. */
  public String label() {
    return label;
  }

  /** Debian's package that has it; empty if it comes with this build or with the system. */
  public String debianPackage() {
    return debianPackage;
  }

  /** Returns the version of that package, or empty if it was not installed as one. */
  public Optional<String> version() {
    if (debianPackage.isEmpty() || obstacle().isPresent()) {
      return Optional.empty();
    }
    List<String> query = List.of("dpkg-query", "-W", "-f", "${Version}", debianPackage);
    try (ChildProcess dpkg = ChildProcess.start(query, Map.of(), null)) {
      OptionalInt code = dpkg.waitFor(QUERY_TIMEOUT);
      List<String> lines = dpkg.output().stdout();
      return code.orElse(1) == 0 && lines.size() == 1
          ? Optional.of(lines.get(0))
          : Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException noDebian) {
      return Optional.empty();
    }
  }

  /** Returns whether it restarts its child. */
  public boolean restarts() {
    return this != TINI;
  }

  /** Returns why it cannot take part, or empty if it can. */
  public Optional<String> obstacle() {
    return program.isEmpty() || installed()
        ? Optional.empty()
        : Optional.of(program + " is not installed");
  }

  private boolean installed() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
