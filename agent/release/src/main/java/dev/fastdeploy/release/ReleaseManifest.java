package dev.fastdeploy.release;

import java.util.List;
import java.util.Optional;

/**
 * All that a release consists of, checked as a whole: each entry's directory comes before it, no
 * name is there twice, no entry lies behind a link, and no link leads out of the release.
 * Immutable.
 */
public final class ReleaseManifest {

  private final List<ReleaseEntry> entries;
  private final long contentBytes;
  private final Optional<ReleaseOrigin> origin;

  /** Only {@link ManifestBuilder}, which checks, makes one. */
  ReleaseManifest(List<ReleaseEntry> entries, long contentBytes, Optional<ReleaseOrigin> origin) {
    this.entries = List.copyOf(entries);
    this.contentBytes = contentBytes;
    this.origin = origin;
  }

  /** The entries, sorted by path, so that a directory comes before what it holds. */
  public List<ReleaseEntry> entries() {
    return entries;
  }

  /** The sum of the files' sizes. */
  public long contentBytes() {
    return contentBytes;
  }

  /** What the archive says it is the release of; nothing if it does not say. */
  Optional<ReleaseOrigin> origin() {
    return origin;
  }

  /** The entries of one kind, sorted by path. */
  <T extends ReleaseEntry> List<T> all(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
