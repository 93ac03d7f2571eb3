package dev.fastdeploy.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * A file system that a test mounts over a directory, as only root may; elsewhere the test is
 * skipped with the reason. Closing it takes it away, also from under processes that still use it.
 */
final class Mount implements AutoCloseable {

  private final Path directory;

  private Mount(Path directory) {
    this.directory = directory;
  }

  /**
   * A small file system of its own.
   *
   * @param options as {@code size=8m}
   */
  static Mount tmpfs(Path directory, String options) throws IOException {
    return mounted(directory, "-t", "tmpfs", "-o", options, "tmpfs");
  }

  /** From now on nothing can be written at a directory, not by root either. */
  static Mount readOnly(Path directory) throws IOException {
    Mount mount = mounted(directory, "--bind", directory.toString());
    try {
      run("mount", "-o", "remount,bind,ro", directory.toString());
    } catch (IOException failure) {
      mount.close();
      throw failure;
    }
    return mount;
  }

  private static Mount mounted(Path directory, String... how) throws IOException {
    Files.createDirectories(directory);
    List<String> words = new ArrayList<>(List.of("mount"));
    words.addAll(List.of(how));
    words.add(directory.toString());
    try {
      run(words.toArray(String[]::new));
    } catch (IOException notAllowed) {
      throw new TestAbortedException("nothing can be mounted here: " + notAllowed.getMessage());
    }
    return new Mount(directory);
  }

  @Override
  public void close() throws IOException {
    run("umount", "--lazy", directory.toString());
  }

  private static void run(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(said.strip());
    }
  }
}
