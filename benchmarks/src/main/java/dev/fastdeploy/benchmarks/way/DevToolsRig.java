package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.load.Reply;
import dev.fastdeploy.benchmarks.load.Requests;
import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.demo.process.ChildProcess;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Spring Boot application with DevTools: its own classes lie exploded in a directory, and a
 * request has DevTools restart it at once. A release is staged by writing what differs over what is
 * there, as an IDE's compiler does; so it is not a release beside the running one.
 */
final class DevToolsRig extends UnwatchedRig {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final Path home;

  private DevToolsRig(ChildProcess process, Path home, int port) {
    super(process, port);
    this.home = home;
  }

  static DevToolsRig start(Bench bench, BuiltRelease image, int port) throws IOException {
    Path home = bench.workplace().newFolder("devtools");
    layOut(image, home);
    List<String> words = new ArrayList<>(bench.command(image, port));
    int jar = words.indexOf("-jar");
    words.set(jar, "-cp");
    words.set(jar + 1, "classes:lib/*:" + bench.artifacts().devToolsJar());
    words.add(jar + 2, ServiceKind.SHOP);
    return new DevToolsRig(
        ChildProcess.start(words, bench.workplace().variables(), home), home, port);
  }

  /** Brings a directory to a release's content; files that do not differ are left alone. */
  private static void layOut(BuiltRelease release, Path home) throws IOException {
    Path jar = release.directory().resolve(release.service().jar());
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      copyChanged(zip.getPath("/"), home.resolve("classes"));
    }
    copyChanged(release.directory(), home);
    Files.deleteIfExists(home.resolve(release.service().jar()));
  }

  private static void copyChanged(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      byte[] content = Files.readAllBytes(file);
      if (!Files.exists(target) || !Arrays.equals(content, Files.readAllBytes(target))) {
        Files.createDirectories(target.getParent());
        Files.write(target, content);
      }
    }
  }

  @Override
  public void stage(BuiltRelease release) throws IOException {
    layOut(release, home);
  }

  @Override
  public void reload(BuiltRelease release) throws IOException {
    Reply reply = new Requests(port(), "POST", "/restart", TIMEOUT_MILLIS).ask();
    if (!reply.good()) {
      throw new IOException("the restart cannot be asked for: " + reply.trouble());
    }
  }
}
