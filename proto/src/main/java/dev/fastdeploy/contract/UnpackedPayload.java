package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The libraries at the place where they were unpacked; checks that they still match the index.
 *
 * <p>Reading 30 MB costs a start some tenths of a second, so it is done only with a reason. Once
 * all digests were right, a file {@code verified} keeps what the kernel knows of the libraries:
 * inode and change time, which no program can set. While these are the same, nobody has touched the
 * libraries. As in Git's index, a library that was young when checked may change again within a
 * tick of the clock, so nothing is recorded then.
 *
 * @param place the directory
 * @param contents the libraries that must be there
 */
record UnpackedPayload(Path place, List<Packed> contents) {

  private static final String VERIFIED = "verified";
  private static final long OLD_ENOUGH_MILLIS = 1000;
  private static final int WRITABLE_BY_OTHERS = 022;

  /** The kernel's facts about a library. */
  private record Facts(
      boolean regular, long size, Object inode, Object owner, int mode, FileTime changed) {}

  Path file(Packed packed) {
    return place.resolve(packed.name());
  }

  /** Returns true if something with that name exists, complete or not. */
  boolean isThere() {
    return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns true if each library is there with its size, and nobody else can write to it. */
  boolean isComplete() throws IOException {
    return !facts().isEmpty();
  }

  /** Returns true if it is complete and each library matches the index. */
  boolean isIntact() throws IOException {
    List<Facts> facts = facts();
    if (facts.isEmpty()) {
      return false;
    }
    String seen = seen(facts);
    if (seen.equals(verified())) {
      return true;
    }
    byte[] buffer = new byte[64 * 1024];
    for (Packed packed : contents) {
      if (!hasDigest(packed, buffer)) {
        return false;
      }
    }
    keep(seen, facts);
    return true;
  }

  /** Returns the facts of each library; an empty list if one is not what it should be. */
  private List<Facts> facts() throws IOException {
    Integer self = CurrentUser.uid();
    List<Facts> all = new ArrayList<>(contents.size());
    for (Packed packed : contents) {
      Facts facts;
      try {
        facts = facts(file(packed));
      } catch (NoSuchFileException missing) {
        return List.of();
      }
      if (!facts.regular()
          || facts.size() != packed.size()
          || !facts.owner().equals(self)
          || (facts.mode() & WRITABLE_BY_OTHERS) != 0) {
        return List.of();
      }
      all.add(facts);
    }
    return all;
  }

  private static Facts facts(Path file) throws IOException {
    Map<String, Object> read =
        Files.readAttributes(
            file, "unix:isRegularFile,size,ino,uid,mode,ctime", LinkOption.NOFOLLOW_LINKS);
    return new Facts(
        (Boolean) get(read, "isRegularFile"),
        (Long) get(read, "size"),
        get(read, "ino"),
        get(read, "uid"),
        (Integer) get(read, "mode"),
        (FileTime) get(read, "ctime"));
  }

  private static Object get(Map<String, Object> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name);
  }

  private String seen(List<Facts> facts) {
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < facts.size(); i++) {
      seen.append(contents.get(i).sha256())
          .append(' ')
          .append(facts.get(i).inode())
          .append(' ')
          .append(facts.get(i).changed())
          .append('\n');
    }
    return seen.toString();
  }

  private @Nullable String verified() {
    try {
      return Files.readString(place.resolve(VERIFIED), StandardCharsets.UTF_8);
    } catch (IOException notYet) {
      return null;
    }
  }

  private boolean hasDigest(Packed packed, byte[] buffer) throws IOException {
    MessageDigest digest = Packed.newDigest();
    try (InputStream in = Files.newInputStream(file(packed), LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException damagedDisk) {
      return false;
    }
    return packed.matches(digest);
  }

  /** Not synced: a lost or torn record does not match, and only costs another check. */
  private void keep(String seen, List<Facts> facts) {
    Path beside = place.resolve(VERIFIED + "-" + ProcessHandle.current().pid());
    try {
      Files.writeString(beside, seen, StandardCharsets.UTF_8);
      // By the clock of the file system, which also gives the libraries their times.
      long now = facts(beside).changed().toMillis();
      if (facts.stream().allMatch(f -> f.changed().toMillis() + OLD_ENOUGH_MILLIS < now)) {
        Files.move(beside, place.resolve(VERIFIED), StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.delete(beside);
      }
    } catch (IOException readOnly) {
      // The next start checks again.
    }
  }
}
