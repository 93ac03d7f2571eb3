package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The published releases of an application: {@code <prefix>/<app>/<commit>.tar.gz} or {@code
 * .tar.zst}, with the SHA-256 beside it ({@code .sha256}, in the format of sha256sum), and {@code
 * <commit>.release.sha256}, the {@link PublicationRecord}, which says which of the two it is. The
 * record is created last, and nothing is ever replaced: a published commit never changes.
 *
 * <p>A commit that an earlier version published has no record, only its archive and checksum. Two
 * archives of one commit are an error, whichever of them the record names: an earlier version might
 * use the other. Thread-safe.
 */
public final class PublishedReleases implements Closeable {

  private final String app;
  private final String description;
  private final BlobStore blobs;

  /**
   * @param description the store as a user knows it
   * @param blobs closed with this
   */
  PublishedReleases(String app, String description, BlobStore blobs) {
    this.app = app;
    this.description = description;
    this.blobs = blobs;
  }

  /** Returns the application whose releases these are. */
  public String app() {
    return app;
  }

  /** Returns the store as a user knows it: URI and application. */
  public String description() {
    return description;
  }

  /**
   * Finds the archive of a commit.
   *
   * @return the archive, or empty if the commit was never published
   * @throws UnfinishedPublicationException if a part of it is missing
   * @throws IOException if the store cannot be reached, or has two archives of the commit, with a
   *     message for the user
   */
  public Optional<StoredArchive> find(Commit commit) throws IOException {
    return new Lookup(app, commit, blobs).archive();
  }

  /**
   * Publishes an archive and its checksum, without replacing an existing one. If two publish at
   * once, the one whose record comes first wins; the other removes what it put there.
   *
   * @param archive the file to publish
   * @param format its format
   * @param sha256 its digest, in lower-case hex
   * @throws FileAlreadyExistsException if the commit is already published
   * @throws IOException if the store cannot be reached, with a message for the user
   */
  public void publish(Commit commit, Path archive, ReleaseFormat format, String sha256)
      throws IOException {
    Checksum checksum = new Checksum(sha256);
    try {
      blobs.prepareFor(archive);
      publish(commit, archive, new PublicationRecord(app, format, checksum));
    } catch (FileAlreadyExistsException known) {
      throw known;
    } catch (IOException failure) {
      throw blobs.explain("'" + commit + "' could not be published", failure);
    }
  }

  private void publish(Commit commit, Path archive, PublicationRecord wanted) throws IOException {
    Lookup lookup = new Lookup(app, commit, blobs);
    refuseWhatIsThere(lookup, commit, wanted);
    Names names = Names.of(commit, wanted.format());
    Checksum checksum = wanted.checksum();
    boolean createdArchive = blobs.putIfAbsent(names.archive(), archive, checksum);
    if (!createdArchive) {
      completeOrRefuse(lookup, commit, names, checksum);
    }
    boolean createdChecksum = blobs.putIfAbsent(names.checksum(), checksum.file(names.archive()));
    if (!createdChecksum) {
      requireSame(lookup, names.checksum(), checksum);
    }
    if (blobs.putIfAbsent(PublicationRecord.name(commit), wanted.file(commit))) {
      return;
    }
    Optional<PublicationRecord> there = lookup.record();
    if (there.isPresent() && !there.get().equals(wanted)) {
      if (createdChecksum) {
        blobs.remove(names.checksum());
      }
      if (createdArchive) {
        blobs.remove(names.archive());
      }
      throw alreadyThere(commit, there.get().format());
    }
  }

  private void refuseWhatIsThere(Lookup lookup, Commit commit, PublicationRecord wanted)
      throws IOException {
    Optional<PublicationRecord> record = lookup.record();
    Map<ReleaseFormat, Long> there = lookup.archives();
    if (record.isPresent()) {
      boolean interrupted = record.get().equals(wanted) && !there.containsKey(wanted.format());
      if (!interrupted) {
        throw alreadyThere(commit, record.get().format());
      }
    }
    for (ReleaseFormat other : there.keySet()) {
      if (other != wanted.format()) {
        throw alreadyThere(commit, other);
      }
    }
  }

  /**
   * Completes an interrupted publication, an archive with the same bytes and no checksum, or
   * refuses.
   */
  private void completeOrRefuse(Lookup lookup, Commit commit, Names names, Checksum checksum)
      throws IOException {
    boolean complete = lookup.head(names.checksum()).isPresent();
    if (!complete) {
      long size = lookup.size(names.archive()).orElse(0L);
      try (InputStream content = blobs.open(names.archive(), size)) {
        complete = !Checksum.of(content).equals(checksum);
      }
    }
    if (complete) {
      throw alreadyThere(commit, names);
    }
  }

  private void requireSame(Lookup lookup, String name, Checksum checksum) throws IOException {
    Optional<byte[]> there = lookup.head(name);
    if (there.isPresent() && !Checksum.parse(there.get(), blobs.place(name)).equals(checksum)) {
      throw new IOException(
          blobs.place(name) + " contains the checksum of other bytes; remove it and publish again");
    }
  }

  private FileAlreadyExistsException alreadyThere(Commit commit, ReleaseFormat format) {
    return alreadyThere(commit, Names.of(commit, format));
  }

  private FileAlreadyExistsException alreadyThere(Commit commit, Names names) {
    return new FileAlreadyExistsException(
        blobs.place(names.archive()),
        null,
        "the commit '" + commit + "' was published before; a published commit never changes");
  }

  @Override
  public void close() {
    blobs.close();
  }
}
