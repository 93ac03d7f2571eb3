package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one commit in a store: asks for the record and for the archive's size in each format,
 * so that an instance that stages makes four requests. A blob that the place refuses to read, and
 * that is perhaps only missing, counts as missing. For one thread.
 */
final class Lookup {

  private final String app;
  private final Commit commit;
  private final BlobStore blobs;

  /**
   * The first refusal to read a blob that is perhaps missing. The later ones are to questions about
   * a size, whose answers give no reason.
   */
  private @Nullable PerhapsMissingException refusal;

  Lookup(String app, Commit commit, BlobStore blobs) {
    this.app = app;
    this.commit = commit;
    this.blobs = blobs;
  }

  /**
   * Returns the published archive.
   *
   * @throws PerhapsMissingException if there is none, or a part of it is missing, as far as the
   *     place allows to read
   * @throws UnfinishedPublicationException if a part of it is missing
   * @throws IOException if there are two archives, or nothing can be read
   */
  Optional<StoredArchive> archive() throws IOException {
    Optional<StoredArchive> found;
    try {
      found = find();
    } catch (UnfinishedPublicationException unfinished) {
      throw refusal == null ? unfinished : refusal;
    }
    if (found.isEmpty() && refusal != null) {
      throw refusal;
    }
    return found;
  }

  private Optional<StoredArchive> find() throws IOException {
    Optional<PublicationRecord> record = record();
    Map<ReleaseFormat, Long> there = archives();
    if (there.size() > 1) {
      throw ambiguous(there, record);
    }
    if (record.isPresent()) {
      ReleaseFormat format = record.get().format();
      Long size = there.get(format);
      if (size == null) {
        throw new UnfinishedPublicationException(
            place(format)
                + " is named by the record of '"
                + commit
                + "' but is missing; publish it again");
      }
      return Optional.of(stored(format, size, record.get().checksum(), true));
    }
    if (there.isEmpty()) {
      return Optional.empty();
    }
    ReleaseFormat format = there.keySet().iterator().next();
    String checksum = Names.of(commit, format).checksum();
    Optional<byte[]> content = head(checksum);
    if (content.isEmpty()) {
      throw new UnfinishedPublicationException(
          place(format)
              + " has no checksum: it is being published, or publishing was interrupted; publish it"
              + " again");
    }
    return Optional.of(
        stored(
            format,
            Objects.requireNonNull(there.get(format)),
            Checksum.parse(content.get(), blobs.place(checksum)),
            false));
  }

  private IOException ambiguous(
      Map<ReleaseFormat, Long> there, Optional<PublicationRecord> record) {
    StringBuilder message = new StringBuilder();
    for (ReleaseFormat format : there.keySet()) {
      message.append(message.isEmpty() ? "" : " and ").append(place(format));
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
      ReleaseFormat format, long size, Checksum checksum, boolean recorded) {
    String name = Names.of(commit, format).archive();
    return new StoredArchive(format, size, checksum.hex(), () -> blobs.open(name, size), recorded);
  }

  /** Returns the commit's record. */
  Optional<PublicationRecord> record() throws IOException {
    String name = PublicationRecord.name(commit);
    Optional<byte[]> content = head(name);
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(PublicationRecord.parse(content.get(), commit, app, blobs.place(name)));
  }

  /** Returns the sizes of the commit's archives. */
  Map<ReleaseFormat, Long> archives() throws IOException {
    Map<ReleaseFormat, Long> there = new EnumMap<>(ReleaseFormat.class);
    for (ReleaseFormat format : ReleaseFormat.values()) {
      Optional<Long> size = size(Names.of(commit, format).archive());
      if (size.isPresent()) {
        there.put(format, size.get());
      }
    }
    return there;
  }

  /** Returns the content of a small blob. */
  Optional<byte[]> head(String name) throws IOException {
    try {
      return blobs.head(name);
    } catch (PerhapsMissingException refused) {
      refusal = refusal == null ? refused : refusal;
      return Optional.empty();
    }
  }

  /** Returns the size of a blob. */
  Optional<Long> size(String name) throws IOException {
    try {
      return blobs.size(name);
    } catch (PerhapsMissingException refused) {
      refusal = refusal == null ? refused : refusal;
      return Optional.empty();
    }
  }

  private String place(ReleaseFormat format) {
    return blobs.place(Names.of(commit, format).archive());
  }
}
