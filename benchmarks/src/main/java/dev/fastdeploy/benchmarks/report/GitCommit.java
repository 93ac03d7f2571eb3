package dev.fastdeploy.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The commit that is checked out. */
final class GitCommit {

  private static final int DEADLINE_SECONDS = 10;

  private GitCommit() {}

  /**
   * The commit of the work tree in which a directory lies, with {@code -dirty} if its files differ.
   *
   * @return null if there is no git, or the directory is not in a work tree
   */
  static @Nullable String of(Path directory) {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
              .directory(directory.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return answer(git);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable String answer(Process git) throws IOException {
    try {
      git.getOutputStream().close();
      if (!git.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || git.exitValue() != 0) {
        return null;
      }
      byte[] line = git.getInputStream().readAllBytes();
      return new String(line, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      git.destroyForcibly();
    }
  }
}
