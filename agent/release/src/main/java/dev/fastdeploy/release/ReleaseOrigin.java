package dev.fastdeploy.release;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Text;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says it is the release of. It is written into the archive, as the comment of a
 * global extended header (POSIX.1-2017, pax), which tar programs read over, so that an archive that
 * was copied or renamed in the store is not taken for another application or another commit. It
 * guards against mistakes and proves nothing: whoever writes the archive writes it.
 *
 * @param app the application that it was published for
 * @param commit the commit that it was published as
 */
public record ReleaseOrigin(String app, Commit commit) {

  private static final Pattern COMMENT = Pattern.compile("fastdeploy app=(\\S+) commit=(\\S+)");

  /** As the archive has it. */
  String comment() {
    return "fastdeploy app=" + app + " commit=" + commit;
  }

  /**
   * Reads the comment of an archive.
   *
   * @return nothing where it is not one of ours: git and others write comments too
   * @throws UnsafeArchiveException if it names what is no commit
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
              + "', which is none",
          noCommit);
    }
  }

  /**
   * Refuses an archive that says to be of another application. Of a tarball that says nothing
   * nothing is known.
   */
  void requireApp(ReleaseManifest manifest) throws UnsafeArchiveException {
    Optional<ReleaseOrigin> other = manifest.origin();
    if (other.isPresent() && !other.get().app().equals(app)) {
      refuse(other.get());
    }
  }

  /**
   * Refuses an archive that says to be another release than this one. A person may publish the
   * archive of one commit as another; only a record of that tells it from a file that was renamed.
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
            + ", and is taken for "
            + this
            + "; publish the files of the build themselves");
  }

  @Override
  public String toString() {
    return "'" + commit + "' of the application '" + app + "'";
  }
}
