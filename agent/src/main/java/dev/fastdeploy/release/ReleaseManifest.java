package dev.fastdeploy.release;

import java.util.List;

/**
 * All that a release consists of, checked as a whole: each entry's directory comes before it, no
 * name is there twice, no entry lies behind a link, and no link leads out of the release.
 * Immutable.
 */
public final class ReleaseManifest {

  private final List<ReleaseEntry> entries;
  private final long contentBytes;

  /** Only {@link ManifestBuilder}, which checks, makes one. */
  ReleaseManifest(List<ReleaseEntry> entries, long contentBytes) {
    this.entries = List.copyOf(entries);
    this.contentBytes = contentBytes;
  }

  /** The entries, sorted by path, so that a directory comes before what it holds. */
  public List<ReleaseEntry> entries() {
    return entries;
  }

  /** The sum of the files' sizes. */
  public long contentBytes() {
    return contentBytes;
  }

  /** The entries of one kind, sorted by path. */
  <T extends ReleaseEntry> List<T> all(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
