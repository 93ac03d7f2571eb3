package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The tar programs of this machine, whose archives people have, and what they lay out. */
final class TarPrograms {

  private TarPrograms() {}

  /** Skips a test whose program is missing; the build machine has both. */
  static void require(String program) throws Exception {
    int status;
    try {
      status = run(Path.of("."), List.of(program, "--version"));
    } catch (IOException missing) {
      status = -1;
    }
    assumeTrue(status == 0, () -> "there is no '" + program + "' here (libarchive-tools, tar)");
  }

  /** Runs a command to its end and returns its exit code. */
  static int run(Path directory, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    return process.exitValue();
  }

  /** What lies below a directory: path, kind, mode, size or target, and a digest of the content. */
  static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    List<Path> all = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            all.add(directory);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            all.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    for (Path path : all) {
      if (!path.equals(root)) {
        tree.put(root.relativize(path).toString(), describe(path));
      }
    }
    return tree;
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0777;
    return Files.isDirectory(path)
        ? String.format(Locale.ROOT, "%o directory", mode)
        : String.format(
            Locale.ROOT,
            "%o %d %s",
            mode,
            Files.size(path),
            Tarball.sha256(Files.readAllBytes(path)));
  }
}
