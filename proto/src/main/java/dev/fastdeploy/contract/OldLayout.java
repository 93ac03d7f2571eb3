package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A home as earlier versions laid it out: directly in the directory that the user names. It is
 * moved below {@link OwnDirectory} once. The state goes last, and its arrival completes the move: a
 * kill in between leaves the rest to the next start. Only what no other user can have filled is
 * moved.
 */
final class OldLayout {

  private static final String STATE = "state";

  /** Everything but the state; the link comes before the directories that keep it valid. */
  private static final List<String> BEFORE_STATE = List.of("payload", "releases", "current", "run");

  private final Path from;
  private final Path to;

  /**
   * @param from the directory that the user names
   * @param to our own directory below it
   */
  OldLayout(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /** Returns true if one is there that is ours and has not been moved. */
  boolean remains() throws IOException {
    return !Files.exists(to.resolve("state/state"), LinkOption.NOFOLLOW_LINKS)
        && isOurs(STATE)
        && Files.isRegularFile(from.resolve("state/state"), LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns true if no other user can have filled its {@link #releases}. */
  boolean releasesAreOurs() throws IOException {
    return isOurs("releases");
  }

  /** Returns the directory of its releases. */
  Path releases() {
    return from.resolve("releases");
  }

  /** Returns the file of its state. */
  Path stateFile() {
    return from.resolve("state/state");
  }

  /**
   * Moves it, if it {@link #remains}.
   *
   * @return false if that is impossible because a launcher of an earlier version runs in it
   */
  boolean move() throws IOException {
    if (!remains()) {
      return true;
    }
    try (FileChannel lock = lockFile()) {
      if (lock != null && lock.tryLock() == null) {
        return false;
      }
      for (String name : BEFORE_STATE) {
        move(name);
      }
      move(STATE);
    }
    Diagnostics.say("what '" + from + "' held as a home was moved to '" + to + "'");
    return true;
  }

  /**
   * Removes what an interrupted staging left in its releases.
   *
   * @return whether there was anything to remove; false while a launcher of an earlier version runs
   *     in it
   */
  boolean removeLeftovers() throws IOException {
    if (!releasesAreOurs()) {
      return false;
    }
    try (FileChannel lock = lockFile()) {
      return (lock == null || lock.tryLock() != null) && Home.removeStagings(releases());
    }
  }

  private @Nullable FileChannel lockFile() throws IOException {
    try {
      return isOurs("run")
          ? FileChannel.open(from.resolve("run/lock"), StandardOpenOption.WRITE)
          : null;
    } catch (NoSuchFileException nobodyRan) {
      return null;
    }
  }

  private void move(String name) throws IOException {
    if (!isOurs(name)) {
      return;
    }
    Path target = to.resolve(name);
    if (isFree(target)) {
      DurableFiles.rename(from.resolve(name), target);
      DurableFiles.syncDirectory(from);
    }
  }

  /** Returns true if something can be moved there. rename(2) replaces an empty directory. */
  private static boolean isFree(Path target) throws IOException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      try (var entries = Files.newDirectoryStream(target)) {
        return !entries.iterator().hasNext();
      }
    }
    return true;
  }

  private boolean isOurs(String name) throws IOException {
    try {
      FileOwnership ownership = FileOwnership.of(from.resolve(name));
      return name.equals("current")
          ? ownership.isLink() && ownership.uid() == CurrentUser.uid()
          : ownership.foreignDirectoryBecause().isEmpty();
    } catch (NoSuchFileException absent) {
      return false;
    }
  }
}
