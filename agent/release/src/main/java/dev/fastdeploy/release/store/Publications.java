package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.ReleaseStore.StoredArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a commit, the same for all kinds of store: the archive, its checksum, and last the
 * {@link PublicationRecord}, each created and never replaced. A commit that an earlier version
 * published has no record, only its archive and checksum. Two archives of one commit are an error,
 * whichever of them the record names: an earlier version might use the other.
 */
final class Publications {

  /** The named objects of one application. */
  interface Objects {

    /** Returns the first bytes of a small object, or nothing if it does not exist. */
    Optional<byte[]> head(String name) throws IOException;

    /** Returns the size of an object, or nothing if it does not exist. */
    Optional<Long> size(String name) throws IOException;

    /** Opens an object of a known size. */
    InputStream open(String name, long size) throws IOException;

    /**
     * Creates an object from a file.
     *
     * @return false if it exists already
     */
    boolean create(String name, Path content, Checksum checksum) throws IOException;

    /**
     * Creates a small object.
     *
     * @return false if it exists already
     */
    boolean create(String name, byte[] content) throws IOException;

    /** Removes an object. */
    void remove(String name) throws IOException;

    /** Returns an object's name as a user knows it, in quotes. */
    String place(String name);
  }

  private final String app;
  private final Objects objects;

  Publications(String app, Objects objects) {
    this.app = app;
    this.objects = objects;
  }

  /**
   * Finds the archive of a commit.
   *
   * @throws UnfinishedPublicationException if a part of it is missing
   * @throws IOException if there are two archives, or nothing can be read
   */
  Optional<StoredArchive> find(Commit commit) throws IOException {
    Optional<PublicationRecord> record = record(commit);
    Map<ReleaseFormat, Long> there = archives(commit);
    if (there.size() > 1) {
      throw ambiguous(commit, record);
    }
    if (record.isPresent()) {
      ReleaseFormat format = record.get().format();
      Long size = there.get(format);
      if (size == null) {
        throw new UnfinishedPublicationException(
            place(commit, format)
                + " is named by the record of '"
                + commit
                + "' but is missing; publish it again");
      }
      return Optional.of(stored(commit, format, size, record.get().checksum(), true));
    }
    if (there.isEmpty()) {
      return Optional.empty();
    }
    ReleaseFormat format = there.keySet().iterator().next();
    String checksum = Names.of(commit, format).checksum();
    Optional<byte[]> content = objects.head(checksum);
    if (content.isEmpty()) {
      throw new UnfinishedPublicationException(
          place(commit, format)
              + " has no checksum: it is being published, or publishing was interrupted; publish it"
              + " again");
    }
    return Optional.of(
        stored(
            commit,
            format,
            java.util.Objects.requireNonNull(there.get(format)),
            Checksum.parse(content.get(), objects.place(checksum)),
            false));
  }

  private Optional<PublicationRecord> record(Commit commit) throws IOException {
    String name = PublicationRecord.name(commit);
    Optional<byte[]> content = objects.head(name);
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(PublicationRecord.parse(content.get(), commit, app, objects.place(name)));
  }

  private Map<ReleaseFormat, Long> archives(Commit commit) throws IOException {
    Map<ReleaseFormat, Long> there = new EnumMap<>(ReleaseFormat.class);
    for (ReleaseFormat format : ReleaseFormat.values()) {
      Optional<Long> size = objects.size(Names.of(commit, format).archive());
      if (size.isPresent()) {
        there.put(format, size.get());
      }
    }
    return there;
  }

  private IOException ambiguous(Commit commit, Optional<PublicationRecord> record) {
    StringBuilder message = new StringBuilder();
    for (ReleaseFormat format : ReleaseFormat.values()) {
      message.append(message.isEmpty() ? "" : " and ").append(place(commit, format));
    }
    message.append(" both exist, but a commit has one archive; ");
    if (record.isPresent()) {
      message
          .append(Names.of(commit, record.get().format()).archive())
          .append(" is the published one: remove the other and its checksum");
    } else {
      message.append("find out which one was published, and remove the other and its checksum");
    }
    return new IOException(message.toString());
  }

  private StoredArchive stored(
      Commit commit, ReleaseFormat format, long size, Checksum checksum, boolean recorded) {
    String name = Names.of(commit, format).archive();
    return new StoredArchive(
        format, size, checksum.hex(), () -> objects.open(name, size), recorded);
  }

  /**
   * Publishes an archive. If two publish at once, the one whose record comes first wins; the other
   * removes what it put there.
   *
   * @throws FileAlreadyExistsException if the commit is already published
   */
  void publish(Commit commit, Path archive, ReleaseFormat format, Checksum checksum)
      throws IOException {
    refuseWhatIsThere(commit, format, checksum);
    Names names = Names.of(commit, format);
    boolean createdArchive = objects.create(names.archive(), archive, checksum);
    if (!createdArchive) {
      completeOrRefuse(commit, names, checksum);
    }
    boolean createdChecksum = objects.create(names.checksum(), checksum.file(names.archive()));
    if (!createdChecksum) {
      requireSame(names.checksum(), checksum);
    }
    PublicationRecord wanted = new PublicationRecord(app, format, checksum);
    if (objects.create(PublicationRecord.name(commit), wanted.file(commit))) {
      return;
    }
    Optional<PublicationRecord> there = record(commit);
    if (there.isPresent() && !there.get().equals(wanted)) {
      if (createdChecksum) {
        objects.remove(names.checksum());
      }
      if (createdArchive) {
        objects.remove(names.archive());
      }
      throw alreadyThere(commit, there.get().format());
    }
  }

  private void refuseWhatIsThere(Commit commit, ReleaseFormat format, Checksum checksum)
      throws IOException {
    Optional<PublicationRecord> record = record(commit);
    Map<ReleaseFormat, Long> there = archives(commit);
    if (record.isPresent()) {
      ReleaseFormat published = record.get().format();
      boolean interrupted =
          published == format
              && !there.containsKey(format)
              && record.get().checksum().equals(checksum);
      if (!interrupted) {
        throw alreadyThere(commit, published);
      }
    }
    for (ReleaseFormat other : there.keySet()) {
      if (other != format) {
        throw alreadyThere(commit, other);
      }
    }
  }

  /**
   * Completes an interrupted publication, an archive with the same bytes and no checksum, or
   * refuses.
   */
  private void completeOrRefuse(Commit commit, Names names, Checksum checksum) throws IOException {
    boolean complete = objects.head(names.checksum()).isPresent();
    if (!complete) {
      long size = objects.size(names.archive()).orElse(0L);
      try (InputStream content = objects.open(names.archive(), size)) {
        complete = !Checksum.of(content).equals(checksum);
      }
    }
    if (complete) {
      throw alreadyThere(commit, names.archive());
    }
  }

  private void requireSame(String name, Checksum checksum) throws IOException {
    Optional<byte[]> there = objects.head(name);
    if (there.isPresent() && !Checksum.parse(there.get(), objects.place(name)).equals(checksum)) {
      throw new IOException(
          objects.place(name)
              + " contains the checksum of other bytes; remove it and publish again");
    }
  }

  private FileAlreadyExistsException alreadyThere(Commit commit, ReleaseFormat format) {
    return alreadyThere(commit, Names.of(commit, format).archive());
  }

  private FileAlreadyExistsException alreadyThere(Commit commit, String archive) {
    return new FileAlreadyExistsException(
        objects.place(archive),
        null,
        "the commit '" + commit + "' was published before; a published commit never changes");
  }

  private String place(Commit commit, ReleaseFormat format) {
    return objects.place(Names.of(commit, format).archive());
  }
}
