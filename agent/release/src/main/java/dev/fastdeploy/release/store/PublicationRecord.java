package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record of a published commit: the one object that says how it is packed and what its digest
 * is, so that no other archive beside it is taken for it. It is written last, and is a file for
 * sha256sum: the archive's line, below a comment that names the application.
 *
 * @param app the application in whose store it was published
 * @param format the archive's format
 * @param checksum the archive's checksum
 */
record PublicationRecord(String app, ReleaseFormat format, Checksum checksum) {

  /** The suffix of its name, after the commit's. */
  static final String SUFFIX = ".release" + Checksum.SUFFIX;

  private static final String COMMENT = "# fastdeploy app=";
  private static final Pattern APP = Pattern.compile("# fastdeploy app=(\\S+) commit=(\\S+)");
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  static String name(Commit commit) {
    return commit.id() + SUFFIX;
  }

  byte[] file(Commit commit) {
    String line =
        new String(checksum.file(Names.of(commit, format).archive()), StandardCharsets.UTF_8);
    return (COMMENT + app + " commit=" + commit + "\n" + line).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the record of a commit of an application.
   *
   * @param place where it was read, for the message
   * @throws IOException if it is not a record, or that of another commit or application
   */
  static PublicationRecord parse(byte[] content, Commit commit, String app, String place)
      throws IOException {
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    Matcher origin = APP.matcher(lines[0]);
    Matcher line = LINE.matcher(lines.length > 1 ? lines[1] : "");
    // The line's end is written last: without it the record is incomplete, and more after it is
    // wrong.
    boolean whole = lines.length == 3 && lines[2].isEmpty();
    if (!whole || !origin.matches() || !line.matches()) {
      throw new IOException(
          place + " is not the record of a release as publish writes it; restore it, or remove it");
    }
    if (!origin.group(1).equals(app) || !origin.group(2).equals(commit.id())) {
      throw new IOException(
          place
              + " is the record of '"
              + Text.shortened(origin.group(2), 128)
              + "' of the application '"
              + Text.shortened(origin.group(1), 128)
              + "', but is in the place of '"
              + commit
              + "' of '"
              + app
              + "'; publish the build there");
    }
    for (ReleaseFormat format : ReleaseFormat.values()) {
      if (Names.of(commit, format).archive().equals(line.group(2))) {
        return new PublicationRecord(app, format, new Checksum(line.group(1)));
      }
    }
    throw new IOException(
        place
            + " names the archive '"
            + Text.shortened(line.group(2), 160)
            + "', which does not belong to '"
            + commit
            + "'; restore it, or remove it");
  }
}
