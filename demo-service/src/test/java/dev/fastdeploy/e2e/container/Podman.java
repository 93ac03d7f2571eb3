package dev.fastdeploy.e2e.container;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Podman with runc, and with images and containers of its own: those of the machine's user are
 * neither seen nor touched.
 */
final class Podman {

  /**
   * Where images and containers lie. Not below target, whose path may be too long for podman (50
   * characters), and where each build would make the base again.
   */
  private static final Path PLACE =
      Path.of(System.getProperty("java.io.tmpdir"), "fastdeploy-podman");

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> PROGRAMS = List.of("podman", "runc", "debootstrap");

  /** Why containers cannot be built and run on this machine; nothing if they can. */
  static Optional<String> unusableBecause() throws IOException {
    for (String program : PROGRAMS) {
      if (!onPath(program)) {
        return Optional.of("there is no " + program + " on this machine");
      }
    }
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return user.equals(0)
        ? Optional.empty()
        : Optional.of("containers with a memory limit need root, and this is user " + user);
  }

  private static boolean onPath(String program) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  /** The words of a call of podman. */
  List<String> words(List<String> arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "podman",
                "--root",
                PLACE.resolve("images").toString(),
                "--runroot",
                PLACE.resolve("run").toString(),
                "--tmpdir",
                PLACE.resolve("tmp").toString(),
                "--cgroup-manager",
                "cgroupfs",
                "--events-backend",
                "none",
                "--runtime",
                "runc"));
    words.addAll(arguments);
    return words;
  }

  /** Starts a program, in a directory where podman's helper may leave a file. */
  static ChildProcess start(List<String> words) throws IOException {
    return ChildProcess.start(words, Map.of(), Files.createDirectories(PLACE));
  }

  /** Runs a program, podman or another, to its end. */
  static CommandResult run(List<String> words) throws IOException, InterruptedException {
    long startMillis = System.currentTimeMillis();
    try (ChildProcess process = start(words)) {
      OptionalInt exitCode = process.waitFor(PATIENCE);
      if (exitCode.isEmpty()) {
        throw new IOException(words + " has not ended after " + PATIENCE.toSeconds() + " s");
      }
      return new CommandResult(
          exitCode.getAsInt(),
          startMillis,
          System.currentTimeMillis(),
          process.output().stdout(),
          process.output().stderr());
    }
  }

  /** Calls podman. */
  CommandResult call(String... arguments) throws IOException, InterruptedException {
    return run(words(List.of(arguments)));
  }

  /**
   * Calls podman for something that must succeed.
   *
   * @throws IOException if it does not, with what podman said
   */
  CommandResult require(String... arguments) throws IOException, InterruptedException {
    return succeeded(words(List.of(arguments)));
  }

  /**
   * Runs a program that must succeed.
   *
   * @throws IOException if it does not, with what it said
   */
  static CommandResult succeeded(List<String> words) throws IOException, InterruptedException {
    CommandResult result = run(words);
    if (result.exitCode() != 0) {
      throw new IOException(words + " failed: " + result);
    }
    return result;
  }
}
