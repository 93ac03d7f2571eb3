package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A store that has what a test put in, also archives that are not what was published. */
public final class MemoryStore {

  private final String app;
  private final Archives blobs = new Archives();

  /** The store of an application called "app". */
  public MemoryStore() {
    this("app");
  }

  public MemoryStore(String app) {
    this.app = app;
  }

  public MemoryStore with(Commit commit, StoredArchive archive) {
    Names names = Names.of(commit, archive.format());
    Checksum checksum = new Checksum(archive.sha256());
    blobs.archives.put(names.archive(), archive);
    if (archive.recorded()) {
      PublicationRecord record = new PublicationRecord(app, archive.format(), checksum);
      blobs.contents.put(PublicationRecord.name(commit), record.file(commit));
    } else {
      blobs.contents.put(names.checksum(), checksum.file(names.archive()));
    }
    return this;
  }

  public PublishedReleases releases() {
    return new PublishedReleases(app, "memory/" + app, blobs);
  }

  /** Blobs of which some are opened as the test says, and have the size that it says. */
  private static final class Archives extends MemoryBlobs {

    private final Map<String, StoredArchive> archives = new HashMap<>();

    @Override
    public Optional<Long> size(String name) {
      return Optional.ofNullable(archives.get(name)).map(StoredArchive::size);
    }

    @Override
    public InputStream open(String name, long size) throws IOException {
      return Objects.requireNonNull(archives.get(name)).source().open();
    }
  }
}
