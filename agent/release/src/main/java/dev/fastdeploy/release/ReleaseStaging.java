package dev.fastdeploy.release;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.ReleaseContents;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.release.store.Checksum;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.StoredArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a release from a store into a home: fetches it, verifies it, lays it out beside the
 * others, and gives it its name last. No byte is parsed before the archive's SHA-256 is verified,
 * and a failure leaves nothing behind. Several threads may stage different commits at the same
 * time.
 */
public final class ReleaseStaging {

  private final Home home;
  private final StagingLimits limits;
  private final HomeLimit homeLimit;
  private final FreeSpace freeSpace;

  /**
   * @param home an existing, writable home, limited only by its file system
   */
  public ReleaseStaging(Home home, StagingLimits limits) {
    this(home, limits, HomeLimit.NONE);
  }

  /**
   * @param home an existing, writable home
   * @param homeLimit the limit on its total size
   */
  public ReleaseStaging(Home home, StagingLimits limits, HomeLimit homeLimit) {
    this(home, limits, homeLimit, path -> Files.getFileStore(path).getUsableSpace());
  }

  ReleaseStaging(Home home, StagingLimits limits, HomeLimit homeLimit, FreeSpace freeSpace) {
    this.home = home;
    this.limits = limits;
    this.homeLimit = homeLimit;
    this.freeSpace = freeSpace;
  }

  /** Stages a release with any content. */
  public Release stage(Commit commit, PublishedReleases store, StagingProgress progress)
      throws IOException {
    return stage(commit, "", store, progress);
  }

  /**
   * Stages a release, or returns at once if it is in the home already.
   *
   * @param sha256 digest of the wanted archive, in lower-case hex; empty for whatever was published
   * @throws CommitNotFoundException if it was never published
   * @throws UnsafeArchiveException if the archive is refused
   * @throws IOException if it could not be fetched, is not what was published or could not be
   *     written; the message is one line for the user
   */
  public Release stage(
      Commit commit, String sha256, PublishedReleases store, StagingProgress progress)
      throws IOException {
    Optional<Release> there = home.release(commit);
    if (there.isPresent()) {
      requireSame(commit, sha256);
      return there.get();
    }
    progress.requireGoOn();
    StoredArchive archive =
        store
            .find(commit)
            .orElseThrow(() -> new CommitNotFoundException(commit, store.description()));
    if (!sha256.isEmpty() && !sha256.equals(archive.sha256())) {
      throw new IOException(
          "the archive of '"
              + commit
              + "' in "
              + store.description()
              + " has the SHA-256 "
              + archive.sha256()
              + ", but the request names "
              + sha256
              + "; deploy what was published, or publish the changed build as another commit");
    }
    progress.requireGoOn();
    requireSpace("fetching the archive of", commit, archive.size());
    Path directory = newDirectory();
    try {
      return stage(commit, store, archive, directory, progress);
    } catch (UnsafeArchiveException refused) {
      // Otherwise a stop of the staging would look like the end of the archive.
      progress.requireGoOn();
      throw new UnsafeArchiveException(
          "the release of '" + commit + "' is refused: " + refused.getMessage(), refused);
    } finally {
      remove(directory);
    }
  }

  private void requireSame(Commit commit, String sha256) throws IOException {
    String known = sha256.isEmpty() ? null : home.state().digests().get(commit);
    if (known != null && !known.equals(sha256)) {
      throw new IOException(
          "the release of '"
              + commit
              + "' in the home came from an archive with the SHA-256 "
              + known
              + ", but the request names "
              + sha256
              + "; publish the changed build as another commit");
    }
  }

  private Release stage(
      Commit commit,
      PublishedReleases store,
      StoredArchive archive,
      Path directory,
      StagingProgress progress)
      throws IOException {
    Path file = directory.resolve("archive");
    Checksum checksum = fetch(commit, store, archive, file, progress);
    if (!checksum.hex().equals(archive.sha256())) {
      throw new IOException(
          "the archive of '"
              + commit
              + "' from "
              + store.description()
              + " has the SHA-256 "
              + checksum
              + ", but "
              + archive.sha256()
              + " was published; it was damaged or replaced");
    }
    Path tree = directory.resolve("release");
    ReleaseSource source = new ArchiveSource(file, archive.format(), limits, progress);
    ReleaseManifest manifest = source.manifest();
    ReleaseOrigin origin = new ReleaseOrigin(store.app(), commit);
    origin.requireApp(manifest);
    if (!archive.recorded()) {
      origin.requireCommit(manifest);
    }
    requireSpace(
        "unpacking", commit, manifest.contentBytes() + manifest.entries().size() * DiskUse.BLOCK);
    try {
      Files.createDirectory(tree);
      new ReleaseWriter(tree, manifest).write(source);
      Files.delete(file);
      progress.requireGoOn();
      ReleaseContents.write(
          directory.resolveSibling(commit.id()),
          manifest.entries().stream().map(entry -> entry.path().value()).toList());
      return publish(tree, commit, archive.sha256());
    } catch (UnsafeArchiveException refused) {
      throw refused;
    } catch (IOException failure) {
      // Otherwise the reason for the stop would look like a failure of the disk.
      progress.requireGoOn();
      throw unwritable(commit, failure);
    }
  }

  private Checksum fetch(
      Commit commit,
      PublishedReleases store,
      StoredArchive archive,
      Path file,
      StagingProgress progress)
      throws IOException {
    MessageDigest digest = Checksum.newDigest();
    Ticks ticks = new Ticks(progress, archive.size());
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = archive.source().open();
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      long done = 0;
      for (int count = read(in, buffer, commit, store);
          count >= 0;
          count = read(in, buffer, commit, store)) {
        done += count;
        if (done > archive.size()) {
          throw wrongSize(commit, store, "more than", archive.size());
        }
        progress.requireGoOn();
        digest.update(buffer, 0, count);
        write(out, buffer, count, commit);
        ticks.at(done);
      }
      if (done != archive.size()) {
        throw wrongSize(commit, store, done + " of", archive.size());
      }
    }
    return Checksum.of(digest);
  }

  private static int read(InputStream in, byte[] buffer, Commit commit, PublishedReleases store)
      throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException failure) {
      throw new IOException(
          "the archive of '"
              + commit
              + "' could not be fetched from "
              + store.description()
              + ": "
              + Diagnostics.reason(failure),
          failure);
    }
  }

  private void write(OutputStream out, byte[] buffer, int count, Commit commit) throws IOException {
    try {
      out.write(buffer, 0, count);
    } catch (IOException failure) {
      throw unwritable(commit, failure);
    }
  }

  private static IOException wrongSize(
      Commit commit, PublishedReleases store, String amount, long expected) {
    return new IOException(
        "the archive of '"
            + commit
            + "' from "
            + store.description()
            + " came with "
            + amount
            + " "
            + expected
            + " bytes; it was cut off or replaced");
  }

  private void requireSpace(String purpose, Commit commit, long needed) throws IOException {
    requireBelowLimit(purpose, commit, needed);
    long free = freeSpace.at(home.root());
    if (free < needed) {
      throw new IOException(
          "the home '"
              + home.given()
              + "' has "
              + free
              + " bytes free, but "
              + purpose
              + " '"
              + commit
              + "' takes "
              + needed
              + "; make room or keep fewer releases (--keep)"
              + StrayFile.largest(home));
    }
  }

  private void requireBelowLimit(String purpose, Commit commit, long needed) throws IOException {
    if (!homeLimit.isSet()) {
      return;
    }
    long used = DiskUse.of(home.root().toRealPath());
    if (needed > homeLimit.maxBytes() - used) {
      throw new IOException(
          "the home '"
              + home.given()
              + "' takes "
              + used
              + " of the "
              + homeLimit.maxBytes()
              + " bytes of "
              + Setting.HOME_MAX_BYTES.option()
              + ", and "
              + purpose
              + " '"
              + commit
              + "' takes "
              + needed
              + "; keep fewer releases (--keep) or raise the limit"
              + StrayFile.largest(home));
    }
  }

  private Path newDirectory() throws IOException {
    try {
      return home.newStagingDirectory();
    } catch (IOException failure) {
      throw new IOException(
          "the home '"
              + home.given()
              + "' cannot be written: "
              + Diagnostics.reason(failure)
              + OutOfInodes.hint(failure, freeSpace, home.root()),
          failure);
    }
  }

  /**
   * Publishes the tree under its name. If another process has staged the same commit meanwhile, its
   * files are as good as ours.
   */
  private Release publish(Path tree, Commit commit, String sha256) throws IOException {
    // Recorded first: a kill between the two leaves a digest without a release, which the next
    // staging replaces, and never a release whose archive is unknown.
    Set<Commit> staged = Set.copyOf(home.staged());
    home.change(state -> state.withDigest(commit, sha256, staged::contains));
    try {
      return home.publish(tree, commit);
    } catch (IOException failure) {
      Optional<Release> there = home.release(commit);
      if (there.isPresent()) {
        return there.get();
      }
      throw failure;
    }
  }

  private IOException unwritable(Commit commit, IOException failure) {
    return new IOException(
        "the release of '"
            + commit
            + "' could not be written to the home '"
            + home.given()
            + "': "
            + Diagnostics.reason(failure)
            + OutOfInodes.hint(failure, freeSpace, home.root()),
        failure);
  }

  private static void remove(Path directory) {
    try {
      DurableFiles.deleteTree(directory);
    } catch (IOException leftForTheNextStart) {
      // The launcher removes it; the result of the staging matters more.
      Diagnostics.say("'" + directory + "' remains: " + Diagnostics.reason(leftForTheNextStart));
    }
  }

  /** Passes on every hundredth part. */
  private static final class Ticks {

    private final StagingProgress progress;
    private final long total;
    private long told;

    Ticks(StagingProgress progress, long total) {
      this.progress = progress;
      this.total = total;
      progress.bytes(0, total);
    }

    void at(long done) {
      if (done == total || done - told > total / 100) {
        told = done;
        progress.bytes(done, total);
      }
    }
  }
}
