package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.staging.CurlAndTar;
import dev.fastdeploy.benchmarks.staging.DirectorySource;
import dev.fastdeploy.benchmarks.staging.PublishedRelease;
import dev.fastdeploy.benchmarks.staging.S3Source;
import dev.fastdeploy.benchmarks.staging.Source;
import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.release.ReleaseStaging;
import dev.fastdeploy.release.StagingProgress;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the way from a store on this machine to a release on disk. fastdeploy fetches the
 * checksum and the archive, verifies, checks every path, unpacks, syncs and renames; the script
 * fetches, unpacks and renames, with syncing and without.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(1)
public class StagingBenchmark {

  /** The benchmarks, in the order of a table. */
  public static final List<String> METHODS = List.of("stage", "curlTarSync", "curlTar");

  /** The places from which releases can be fetched. */
  public static final List<String> SOURCES = List.of("directory", "s3");

  /** The place of the release: a directory, or an S3 server on the loopback address. */
  @Param({"directory", "s3"})
  public String source = "directory";

  /** The format of the archive; the script supports only TAR_GZ. */
  @Param({"TAR_GZ"})
  public ReleaseFormat kind = ReleaseFormat.TAR_GZ;

  /** The number of jars in the release. */
  @Param("100")
  public int files = 100;

  /** Bytes of each jar; half of them can be compressed, as in a jar of class files. */
  @Param("400000")
  public int bytes = 400_000;

  private @Nullable Workplace workplace;
  private @Nullable Source from;
  private @Nullable PublishedRelease release;
  private Home home = new Home(Path.of(""));

  /** Publishes the release. */
  @Setup(Level.Trial)
  public void publish() throws IOException, InterruptedException {
    Workplace place = Workplace.open();
    workplace = place;
    try {
      Source opened = open(place);
      from = opened;
      release = PublishedRelease.publish(opened.store(), kind, files, bytes, place.folder());
      home = new Home(place.folder().resolve("home"));
    } catch (IOException | InterruptedException | RuntimeException failure) {
      clear();
      throw failure;
    }
  }

  private Source open(Workplace place) throws IOException, InterruptedException {
    return switch (source) {
      case "directory" -> new DirectorySource(place.folder().resolve("store"));
      case "s3" ->
          new S3Source(Artifacts.own().s3ProxyJar(), place.newFolder("s3"), place.variables());
      default ->
          throw new IllegalArgumentException(
              "source '" + source + "' is unknown; use directory or s3");
    };
  }

  /** Each invocation stages into a home that has nothing yet. */
  @Setup(Level.Invocation)
  public void emptyHome() throws IOException {
    DurableFiles.deleteTree(home.root());
    home.create();
  }

  /** Stages with fastdeploy. */
  @Benchmark
  public Path stage() throws IOException {
    return new ReleaseStaging(home, PublishedRelease.LIMITS)
        .stage(release().commit(), from().store(), StagingProgress.NONE)
        .directory();
  }

  /** Stages with a script that syncs what it wrote, as fastdeploy does. */
  @Benchmark
  public Path curlTarSync() throws IOException, InterruptedException {
    return CurlAndTar.stage(from(), release(), home.root().resolve("releases"), true);
  }

  /** Stages with an ordinary script, which may lose what it wrote in a power cut. */
  @Benchmark
  public Path curlTar() throws IOException, InterruptedException {
    return CurlAndTar.stage(from(), release(), home.root().resolve("releases"), false);
  }

  /** Leaves nothing behind. */
  @TearDown(Level.Trial)
  public void clear() {
    if (from != null) {
      from.close();
      from = null;
    }
    if (workplace != null) {
      workplace.close();
      workplace = null;
    }
  }

  private Source from() {
    return Objects.requireNonNull(from, "publish has not been called");
  }

  private PublishedRelease release() {
    return Objects.requireNonNull(release, "publish has not been called");
  }
}
