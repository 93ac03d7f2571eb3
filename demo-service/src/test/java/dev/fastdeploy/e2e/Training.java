package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Publishes releases of the demo service with an archive of classes. */
record Training(TestBed bed, Jdk jdk, Path folder) {

  /** Where a release has its archives. */
  private static final String ARCHIVES = ".fastdeploy/archives";

  /** Publishes a release after its training. */
  CommandResult publish(Path release, String commit) throws Exception {
    CommandResult result =
        bed.command().run(words(release, commit, requests()), TestBed.PATIENCE.multipliedBy(2));
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result;
  }

  /** The words of a {@code publish} whose service is asked what a file says. */
  List<String> words(Path release, String commit, Path requests) {
    List<String> service = new ArrayList<>(List.of(jdk.java().toString()));
    service.addAll(FastdeployCommand.SHORT_LIVED);
    service.addAll(
        List.of("-cp", ReleaseBuilder.JAR, ReleaseBuilder.MAIN_CLASS, "--port", "" + bed.port()));
    return List.of(
        "publish",
        release.toString(),
        "--commit",
        commit,
        "--store",
        bed.store().toString(),
        "--app",
        TestBed.APP,
        "--train",
        String.join(" ", service),
        "--train-requests",
        requests.toString());
  }

  private Path requests() throws IOException {
    String service = "http://127.0.0.1:" + bed.port();
    return Files.writeString(
        folder.resolve("requests"), service + "/health\n# the commit\n" + service + "/version\n");
  }

  /**
   * Publishes a release as a tarball, which is taken as it is, with other bytes in the place of its
   * archive.
   */
  void publishWithArchive(Path release, String commit, byte[] content) throws Exception {
    publish(release, "trained");
    Path laidOut = Files.createDirectory(folder.resolve("laid-out"));
    tar("xzf", bed.store().resolve(TestBed.APP).resolve("trained.tar.gz"), laidOut);
    try (Stream<Path> archives = Files.list(laidOut.resolve(ARCHIVES))) {
      for (Path archive : archives.toList()) {
        Files.write(archive, content);
      }
    }
    Path tarball = folder.resolve(commit + ".tar.gz");
    tar("czf", tarball, laidOut, ".");
    bed.publish(tarball, commit);
  }

  private static void tar(String mode, Path tarball, Path directory, String... files)
      throws Exception {
    List<String> words =
        new ArrayList<>(List.of("tar", mode, tarball.toString(), "-C", directory.toString()));
    words.addAll(List.of(files));
    Process tar = new ProcessBuilder(words).inheritIO().start();
    assertThat(tar.waitFor()).isZero();
  }

  /** The beginning of the name that archives of a JDK have in a release. */
  static String archiveName(Jdk jdk) throws IOException {
    Properties says = new Properties();
    try (Reader reader = Files.newBufferedReader(jdk.home().resolve("release"))) {
      says.load(reader);
    }
    return "jdk-"
        + says.getProperty("JAVA_RUNTIME_VERSION").replace("\"", "")
        + "-"
        + says.getProperty("OS_ARCH").replace("\"", "")
        + "-"
        + says.getProperty("LIBC").replace("\"", "")
        + "-";
  }
}
