package dev.fastdeploy.release;

import java.util.List;
import java.util.Optional;

/**
 * The complete content of a release, checked as a whole: each entry's directory comes before it, no
 * name occurs twice, no entry is below a link, and no link leads out of the release. Immutable.
 */
public final class ReleaseManifest {

  private final List<ReleaseEntry> entries;
  private final long contentBytes;
  private final Optional<ReleaseOrigin> origin;

  /** Called only by {@link ManifestBuilder}, which does the checks. */
  ReleaseManifest(List<ReleaseEntry> entries, long contentBytes, Optional<ReleaseOrigin> origin) {
    this.entries = List.copyOf(entries);
    this.contentBytes = contentBytes;
    this.origin = origin;
  }

  /** Returns the entries, sorted by path, so that a directory comes before its content. */
  public List<ReleaseEntry> entries() {
    return entries;
  }

  /** Returns the sum of the files' sizes. */
  public long contentBytes() {
    return contentBytes;
  }

  /** Returns the release that the archive says it is, or empty if it does not say. */
  Optional<ReleaseOrigin> origin() {
    return origin;
  }

  /** Returns the entries of one kind, sorted by path. */
  <T extends ReleaseEntry> List<T> all(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
