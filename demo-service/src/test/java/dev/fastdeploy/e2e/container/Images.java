package dev.fastdeploy.e2e.container;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Builds the images: a base of Debian packages with the JDK that runs the tests, which stays for
 * later runs, and on it the demo service's own Containerfile.
 *
 * @param podman what builds them
 * @param folder where they are prepared
 */
record Images(Podman podman, Path folder) {

  /** What of a JDK no service needs. */
  private static final Set<String> LEFT_OUT =
      Set.of("jmods", "docs", "demo", "legal", "man", "include", "src.zip");

  private static final String BASE_FILE =
      """
      FROM scratch
      COPY root/ /
      COPY jdk/ /opt/java/openjdk/
      ENV JAVA_HOME=/opt/java/openjdk \
          PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
      """;

  /** Builds the base unless it is there. */
  String base() throws IOException, InterruptedException {
    String version = System.getProperty("java.runtime.version").replaceAll("[^0-9A-Za-z.]", "-");
    String name = "localhost/fastdeploy-base:" + version;
    if (podman.call("image", "exists", name).exitCode() == 0) {
      return name;
    }
    Path context = folder.resolve("base");
    remove(context);
    Files.createDirectories(context);
    Podman.succeeded(
        List.of(
            "debootstrap", "--variant=minbase", codename(), context.resolve("root").toString()));
    copy(Jdk.running().home().toRealPath(), context.resolve("jdk"));
    Files.writeString(context.resolve("Containerfile"), BASE_FILE);
    build(name, context.resolve("Containerfile"), context);
    remove(context);
    return name;
  }

  /** Builds the demo service's image, with a release of this commit. */
  String demo(String commit) throws IOException, InterruptedException {
    Path context = folder.resolve("demo");
    remove(context);
    Files.createDirectories(context);
    for (Path file : List.of(BuildOutput.own().fastdeployJar(), BuildOutput.own().entrypoint())) {
      Files.copy(file, context.resolve(file.getFileName()));
    }
    new ReleaseBuilder(context.resolve("releases")).build(commit);
    String name = "localhost/fastdeploy-demo:" + ProcessHandle.current().pid();
    build(
        name,
        Path.of("Containerfile").toAbsolutePath(),
        context,
        "--build-arg",
        "BASE=" + base(),
        "--build-arg",
        "COMMIT=" + commit);
    remove(context);
    return name;
  }

  private void build(String name, Path file, Path context, String... options)
      throws IOException, InterruptedException {
    List<String> words =
        podman.words(List.of("build", "--isolation", "chroot", "-t", name, "-f", file.toString()));
    words.addAll(List.of(options));
    words.add(context.toString());
    Podman.succeeded(words);
  }

  /** The Debian that runs here: its packages can be had here. */
  private static String codename() throws IOException {
    Properties facts = new Properties();
    try (var reader = Files.newBufferedReader(Path.of("/etc/os-release"))) {
      facts.load(reader);
    }
    return facts.getProperty("VERSION_CODENAME", "stable").replace("\"", "");
  }

  /** By {@code rm}: the trees are large, and closed directories are in them. */
  private static void remove(Path directory) throws IOException, InterruptedException {
    Podman.succeeded(List.of("rm", "-rf", directory.toString()));
  }

  /** Follows links: distributions keep parts of a JDK elsewhere. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(String.valueOf(directory.getFileName()))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            // A link into a package that is not installed leads nowhere.
            if (Files.exists(file) && !LEFT_OUT.contains(String.valueOf(file.getFileName()))) {
              Files.copy(
                  file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
