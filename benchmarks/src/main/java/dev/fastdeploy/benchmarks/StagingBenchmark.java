package dev.fastdeploy.benchmarks;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.release.PackedRelease;
import dev.fastdeploy.release.ReleasePacker;
import dev.fastdeploy.release.Staging;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.StagingProgress;
import dev.fastdeploy.release.store.ReleaseStore;
import dev.fastdeploy.release.store.ReleaseStore.ArchiveKind;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * From a store on the same disk to a release in the home that would survive a power cut: fetch,
 * verify, unpack, sync, rename.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(1)
public class StagingBenchmark {

  private static final Commit COMMIT = new Commit("benchmark");
  private static final StagingLimits LIMITS = new StagingLimits(1L << 32, 100_000);

  /** How the archive is packed. */
  @Param({"TAR_ZST", "TAR_GZ"})
  public ArchiveKind kind = ArchiveKind.TAR_ZST;

  /** How many jars the release holds. */
  @Param("100")
  public int files = 100;

  /** Bytes of each jar; half of them can be compressed, as in a jar of class files. */
  @Param("400000")
  public int bytes = 400_000;

  private Path folder = Path.of("");
  private Home home = new Home(folder);
  private ReleaseStore store = unopened();

  /** Publishes the release to a directory. */
  @Setup(Level.Trial)
  public void publish() throws IOException {
    folder = Files.createTempDirectory("fastdeploy-benchmark");
    Path release = Files.createDirectories(folder.resolve("release/lib"));
    Random random = new Random(17);
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      java.util.Arrays.fill(content, 0, bytes / 2, (byte) i);
      Files.write(release.resolve("library-" + i + ".jar"), content);
    }
    Path directory = Files.createDirectory(folder.resolve("store"));
    store = ReleaseStores.open(new StoreLocation(directory.toString(), "shop", null, null, false));
    try (PackedRelease packed =
        new ReleasePacker(LIMITS).pack(folder.resolve("release"), kind, folder)) {
      store.publish(COMMIT, packed.file(), packed.kind(), packed.sha256());
    }
  }

  /** Each invocation stages into a home that has nothing yet. */
  @Setup(Level.Invocation)
  public void emptyHome() throws IOException {
    home = new Home(folder.resolve("home"));
    DurableFiles.deleteTree(home.root());
    home.create();
  }

  /** Stages the release. */
  @Benchmark
  public Release stage() throws IOException {
    return new Staging(home, LIMITS).stage(COMMIT, store, StagingProgress.NONE);
  }

  /** Leaves nothing behind. */
  @TearDown(Level.Trial)
  public void clear() throws IOException {
    store.close();
    DurableFiles.deleteTree(folder);
  }

  private static ReleaseStore unopened() {
    return ReleaseStores.open(new StoreLocation("/nonexistent", "shop", null, null, false));
  }
}
