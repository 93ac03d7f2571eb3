package dev.fastdeploy.launcher.training;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer;
import dev.fastdeploy.launcher.supervisor.archive.JavaCommandLine;
import dev.fastdeploy.launcher.supervisor.archive.JavaRuntime;
import dev.fastdeploy.launcher.supervisor.process.JavaProgram;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a release once and keeps the archive of classes that its JVM writes at the end. The service
 * runs from a copy of the build, whose files keep their times, by which a JVM recognises jars; and
 * without the agent, because a JDK before 25 writes no archive with one, and one that was written
 * without is used with it.
 *
 * @param fastdeploy {@code fastdeploy.jar}
 * @param command the service's command as its instances have it
 * @param options further options for the launcher
 * @param requests what the service is asked
 * @param longest the longest time for all of it
 */
public record Training(
    Path fastdeploy,
    List<String> command,
    List<String> options,
    TrainingRequests requests,
    Duration longest) {

  private static final String PLACEHOLDER = "{release}";

  /**
   * @throws IllegalArgumentException if the command cannot be trained, with a message for the user
   */
  public Training {
    command = List.copyOf(command);
    options = List.copyOf(options);
    if (command.isEmpty() || !JavaProgram.isJava(command.get(0))) {
      throw new IllegalArgumentException(
          "--train '"
              + Text.shortened(String.join(" ", command), 100)
              + "' does not begin with java; write the command that instances run, like java -cp"
              + " 'app.jar:lib/*' com.example.Main");
    }
    List<String> places = new JavaCommandLine(command).places();
    if (places.isEmpty()) {
      throw new IllegalArgumentException(
          "--train '"
              + Text.shortened(String.join(" ", command), 100)
              + "' tells no class path; write it into the command, not into CLASSPATH or an argument"
              + " file, here and for run");
    }
    places.forEach(Training::requireInRelease);
    if (longest.toSeconds() < 1) {
      throw new IllegalArgumentException("--train-timeout must be at least 1s");
    }
  }

  /**
   * The archive of a class path tells classes where they came from, and recognises their jars by
   * time and size: it is right for the jars of the release that it is a part of.
   */
  private static void requireInRelease(String places) {
    for (String place : places.substring(places.indexOf('=') + 1).split(":", -1)) {
      if (place.startsWith("/") || place.startsWith("../") || place.contains(PLACEHOLDER)) {
        throw new IllegalArgumentException(
            "--train has '"
                + Text.shortened(place, 100)
                + "' on the class path, for which no archive can be made; write it relative to the"
                + " release, here and for run");
      }
    }
  }

  /**
   * What came of a training.
   *
   * @param path the archive's place in the release, relative to it
   * @param file the archive
   * @param told what was trained, for the user
   */
  public record Trained(String path, Path file, String told) {}

  /**
   * Trains a release.
   *
   * @param directory the build, by its real path; nothing in it is changed
   * @param work an empty directory for the copy and the archive
   * @throws IOException if the service did not come up or wrote no archive, with a message for the
   *     user
   * @throws InterruptedException if the thread was interrupted; the service is killed
   */
  public Trained train(Path directory, Commit commit, Path work)
      throws IOException, InterruptedException {
    requests.requireSilence();
    Path copy = Files.createDirectory(work.resolve("release"));
    copy(directory, copy);
    JavaRuntime runtime = runtime(copy);
    JavaCommandLine given = new JavaCommandLine(command);
    JavaCommandLine line = given.sorted(copy).orElse(given);
    Path file = work.resolve(runtime.archiveName(line, copy));
    long began = System.nanoTime();
    List<String> words = ArchiveOffer.with(runtime.format().recording(file), line.words());
    String asked =
        run(launcher(copy, commit, file, words), runtime, file, began + longest.toNanos());
    return new Trained(
        ProcessContract.ARCHIVES + "/" + file.getFileName(),
        file,
        runtime
            + ", "
            + asked
            + ", "
            + Duration.ofNanos(System.nanoTime() - began).toSeconds()
            + " s");
  }

  private JavaRuntime runtime(Path directory) {
    return JavaRuntime.of(command.get(0), directory)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--train '"
                        + Text.shortened(command.get(0), 100)
                        + "' is not the java of a JDK: there is none, or no file 'release' beside"
                        + " its bin; name the service's"));
  }

  private String run(List<String> launcher, JavaRuntime runtime, Path file, long deadline)
      throws IOException, InterruptedException {
    Path output = file.resolveSibling("training.log");
    try (TrainedService service = TrainedService.start(launcher, output)) {
      String asked = requests.make(service::requireAlive, deadline);
      service.requireAlive();
      service.stop(deadline);
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        throw new IOException(
            "the training of " + runtime + " made no class-data archive" + service.lastLines());
      }
      return asked;
    }
  }

  private List<String> launcher(Path copy, Commit commit, Path file, List<String> service) {
    List<String> words = new ArrayList<>();
    words.add(JavaProgram.of(Path.of(System.getProperty("java.home"))).toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-Xmx32m", "-jar", fastdeploy.toString(), "run"));
    words.addAll(List.of("--home", file.resolveSibling("home").toString()));
    words.addAll(List.of("--release", copy.toString(), "--commit", commit.id()));
    words.addAll(List.of("--agent", "false", "--archive", "off", "--restart", "never"));
    words.addAll(List.of("--stop-timeout", longest.toSeconds() + "s"));
    words.addAll(options);
    words.add("--");
    words.addAll(service);
    return words;
  }

  /** Copies a build with the times of its files, by which a JVM recognises jars. */
  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Path copied = to.resolve(from.relativize(directory).toString());
            if (!Files.isDirectory(copied)) {
              Files.createDirectory(copied);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Path copied = to.resolve(from.relativize(directory).toString());
            Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(directory));
            Files.setLastModifiedTime(copied, Files.getLastModifiedTime(directory));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file).toString()),
                LinkOption.NOFOLLOW_LINKS,
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
