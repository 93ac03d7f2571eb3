package dev.fastdeploy.release;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.store.ReleaseStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store that has what a test put in. */
final class MemoryStore implements ReleaseStore {

  private final Map<Commit, StoredArchive> archives = new HashMap<>();

  MemoryStore with(Commit commit, StoredArchive archive) {
    archives.put(commit, archive);
    return this;
  }

  @Override
  public Optional<StoredArchive> find(Commit commit) {
    return Optional.ofNullable(archives.get(commit));
  }

  @Override
  public void publish(Commit commit, Path archive, ArchiveKind kind, String sha256) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String description() {
    return "memory/app";
  }
}
