package dev.fastdeploy.release;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.ReleaseStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store that has what a test put in. */
final class MemoryStore implements ReleaseStore {

  private final String app;
  private final Map<Commit, StoredArchive> archives = new HashMap<>();

  /** The store of an application called "app". */
  MemoryStore() {
    this("app");
  }

  MemoryStore(String app) {
    this.app = app;
  }

  MemoryStore with(Commit commit, StoredArchive archive) {
    archives.put(commit, archive);
    return this;
  }

  @Override
  public Optional<StoredArchive> find(Commit commit) {
    return Optional.ofNullable(archives.get(commit));
  }

  @Override
  public void publish(Commit commit, Path archive, ReleaseFormat format, String sha256) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String app() {
    return app;
  }

  @Override
  public String description() {
    return "memory/" + app;
  }
}
