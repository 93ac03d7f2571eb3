package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded into somebody else's JVM, seen from a JVM of its own. */
class LazyLoadingTest {

  @TempDir Path directory;

  @Test
  void aGzippedReleaseFromADirectoryNeedsNeitherZstdNorTheSdk() throws Exception {
    String classes = classesLoadedBy(StagesFromDirectory.class);
    assertThat(classes)
        .contains("dev.fastdeploy.release.ReleaseWriter")
        .doesNotContain("com.github.luben")
        .doesNotContain("software.amazon")
        .doesNotContain("java.util.logging.LogManager ")
        .doesNotContain("javax.management.");
  }

  @Test
  void theSdkStartsNeitherLoggingNorJmx() throws Exception {
    String classes = classesLoadedBy(AsksS3.class);
    assertThat(classes)
        .contains("software.amazon.awssdk.services.s3.DefaultS3Client")
        .doesNotContain("java.util.logging.LogManager ")
        .doesNotContain("javax.management.");
  }

  private String classesLoadedBy(Class<?> main) throws Exception {
    Path log = directory.resolve("classes");
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-Daws.accessKeyId=any",
                "-Daws.secretAccessKey=any",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(log);
  }

  static final class StagesFromDirectory {

    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      Path build = Files.createDirectory(directory.resolve("build"));
      Files.writeString(build.resolve("app.jar"), "x");
      Home home = new Home(directory.resolve("home"));
      home.create();
      StagingLimits limits = new StagingLimits(1000, 10);
      Commit commit = new Commit("abc");
      try (PublishedReleases store = open(directory.toString(), "http://127.0.0.1:9");
          PackedRelease packed =
              new ReleasePacker(limits, new ReleaseOrigin(store.app(), commit))
                  .pack(build, ReleaseFormat.TAR_GZ, directory)) {
        store.publish(commit, packed.file(), packed.format(), packed.sha256());
        System.out.println(
            new ReleaseStaging(home, limits)
                .stage(commit, store, StagingProgress.NONE)
                .directory());
      }
    }
  }

  static final class AsksS3 {

    public static void main(String[] arguments) {
      try (PublishedReleases store = open("s3://bucket", "http://127.0.0.1:9")) {
        System.out.println(store.find(new Commit("abc")));
        throw new AssertionError("found something where nothing listens");
      } catch (IOException expected) {
        System.out.println(expected.getMessage());
      }
    }
  }

  private static PublishedReleases open(String store, String endpoint) {
    return ReleaseStores.open(
        StoreLocation.of(
            new Settings(
                Map.of(
                    Setting.STORE,
                    store,
                    Setting.APP,
                    "app",
                    Setting.STORE_ENDPOINT,
                    endpoint,
                    Setting.STORE_PATH_STYLE,
                    "true"),
                new Properties(),
                Map.of())));
  }
}
