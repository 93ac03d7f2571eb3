package dev.fastdeploy.release;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Text;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application and commit that an archive says it is. It is written into the archive as the
 * comment of a global extended header (POSIX.1-2017, pax), which tar programs skip, so that an
 * archive that was copied or renamed in the store is not taken for another application or commit.
 * It guards against mistakes and proves nothing: whoever writes the archive writes it.
 *
 * @param app the application that it was published for
 * @param commit the commit that it was published as
 */
public record ReleaseOrigin(String app, Commit commit) {

  private static final Pattern COMMENT = Pattern.compile("fastdeploy app=(\\S+) commit=(\\S+)");

  /** Returns the comment as it is in the archive. */
  String comment() {
    return "fastdeploy app=" + app + " commit=" + commit;
  }

  /**
   * Reads the comment of an archive.
   *
   * @return the origin, or empty if the comment is not ours: git and others write comments, too
   * @throws UnsafeArchiveException if it names an invalid commit
   */
  static Optional<ReleaseOrigin> read(@Nullable String comment) throws UnsafeArchiveException {
    Matcher origin = COMMENT.matcher(comment == null ? "" : comment);
    if (!origin.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ReleaseOrigin(origin.group(1), new Commit(origin.group(2))));
    } catch (IllegalArgumentException noCommit) {
      throw new UnsafeArchiveException(
          "the archive says that it is of the commit '"
              + Text.shortened(origin.group(2), 128)
              + "', which is not a valid commit",
          noCommit);
    }
  }

  /**
   * Refuses an archive that says it belongs to another application. A tarball that says nothing is
   * accepted.
   */
  void requireApp(ReleaseManifest manifest) throws UnsafeArchiveException {
    Optional<ReleaseOrigin> other = manifest.origin();
    if (other.isPresent() && !other.get().app().equals(app)) {
      refuse(other.get());
    }
  }

  /**
   * Refuses an archive that says it is another release than this one. A person may publish the
   * archive of one commit as another; only the record distinguishes that from a renamed file.
   */
  void requireCommit(ReleaseManifest manifest) throws UnsafeArchiveException {
    Optional<ReleaseOrigin> other = manifest.origin();
    if (other.isPresent() && !other.get().equals(this)) {
      refuse(other.get());
    }
  }

  private void refuse(ReleaseOrigin other) throws UnsafeArchiveException {
    throw new UnsafeArchiveException(
        "the archive says that it is "
            + Text.shortened(other.toString(), 300)
            + ", not "
            + this
            + "; publish the build's own files");
  }

  @Override
  public String toString() {
    return "'" + commit + "' of the application '" + app + "'";
  }
}
