package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The home: a container's releases, the link to the current one and what must survive restarts. It
 * is in a directory {@code fastdeploy} below the one that the user names, which may have any owner
 * and mode; ours is closed to others and checked before each use:
 *
 * <pre>
 *   releases/&lt;commit&gt;/          immutable; complete or absent, never half
 *   releases/.staging-&lt;id&gt;/     being written; removed at the next start
 *   current -&gt; releases/&lt;commit&gt;
 *   state/                      durable
 *   run/                        volatile: sockets, locks
 *   payload/                    the unpacked payload of fastdeploy.jar
 * </pre>
 *
 * <p>Launcher, agent and command change it through this class alone. Each change of the state is
 * made under a lock between processes, and is durable when the method returns. Thread-safe.
 */
public final class Home {

  private static final String STAGING_PREFIX = ".staging-";

  /** Directories of stagings that are being removed. */
  private static final String GIVEN_UP = STAGING_PREFIX + "given-up-";

  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

  /** A file lock excludes only other processes; this excludes other threads of this one. */
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final OwnDirectory own;
  private final Path root;
  private final OldLayout oldLayout;

  /**
   * Creates the home of this user.
   *
   * @param given the directory that the user names; it need not exist yet
   */
  public Home(Path given) {
    this(given, false);
  }

  private Home(Path given, boolean rootSeesAll) {
    this.own = new OwnDirectory(given.toAbsolutePath().normalize(), rootSeesAll);
    this.root = own.path();
    this.oldLayout = new OldLayout(own.given(), root);
  }

  /** Returns a home to look at: for root that of any user, for others their own. */
  public static Home toLookAt(Path given) {
    return new Home(given, true);
  }

  /** Returns the directory that the user names, absolute. */
  public Path given() {
    return own.given();
  }

  /** Returns the directory below it that holds everything, absolute. */
  public Path root() {
    return root;
  }

  /**
   * Requires that no other user can have filled the home: code is run from it.
   *
   * @throws ForeignHomeException if one can
   * @throws NoSuchFileException if there is none
   */
  public void requireOurs() throws IOException {
    own.require();
  }

  /** Returns the link to the current release. */
  public Path current() {
    return root.resolve("current");
  }

  /** Returns the directory of sockets and locks. */
  public Path run() {
    return root.resolve("run");
  }

  /** Returns the directory of the unpacked payload. */
  public Path payload() {
    return root.resolve("payload");
  }

  /** Returns the Unix socket that the agent listens on by default. */
  public Path controlSocket() {
    return run().resolve("control.sock");
  }

  /** Returns the file in which the launcher describes itself; see {@link LauncherFacts}. */
  public Path launcherFacts() {
    return run().resolve("launcher");
  }

  /** Returns the file in which the launcher notes archives of classes that a JVM rejected. */
  public Path rejectedArchives() {
    return stateDirectory().resolve("archives.rejected");
  }

  /**
   * Creates our own directory if it is missing.
   *
   * @throws ForeignHomeException if it is another user's
   */
  public void createRoot() throws IOException {
    own.create();
  }

  /**
   * Creates the missing parts of the layout.
   *
   * @throws ForeignHomeException if the home is another user's
   * @throws IOException if the home cannot be written to
   */
  public void create() throws IOException {
    own.create();
    DurableFiles.createPrivateDirectory(releases());
    DurableFiles.createPrivateDirectory(stateDirectory());
    DurableFiles.createPrivateDirectory(run());
    // No temporary file: its random name would start the JVM's security providers.
    Path probe = run().resolve("writable-" + ProcessHandle.current().pid());
    Files.deleteIfExists(probe);
    Files.createFile(probe);
    Files.delete(probe);
  }

  /**
   * Returns true if it is laid out as an earlier version did, which only a launcher changes.
   *
   * @throws IOException if that cannot be seen
   */
  public boolean isOfOldLayout() throws IOException {
    return oldLayout.remains();
  }

  /**
   * Removes what an interrupted staging left. Only the launcher may do this, before it starts a
   * service.
   */
  public void removeLeftovers() throws IOException {
    own.require();
    removeStagings(releases());
  }

  /**
   * Removes what interrupted stagings left in a directory of releases.
   *
   * @return whether there was any
   */
  static boolean removeStagings(Path releases) throws IOException {
    boolean removed = false;
    for (Path entry : entries(releases)) {
      if (nameOf(entry).startsWith(STAGING_PREFIX)) {
        removeStaging(entry);
        removed = true;
      }
    }
    return removed;
  }

  /**
   * Removes a directory of a staging. It loses its name first: whoever is about to give the release
   * in it its own, and is slower to end than was thought, must not give it to a part of one.
   */
  private static void removeStaging(Path entry) throws IOException {
    Path aside = entry;
    if (!nameOf(entry).startsWith(GIVEN_UP)) {
      aside = entry.resolveSibling(GIVEN_UP + nameOf(entry).substring(STAGING_PREFIX.length()));
      DurableFiles.deleteTree(aside);
      DurableFiles.rename(entry, aside);
    }
    DurableFiles.deleteTree(aside);
  }

  /**
   * Takes the lock that one launcher holds for its life. A home in the layout of an earlier version
   * is moved first.
   *
   * @return the lock; empty if another launcher has it
   * @throws ForeignHomeException if the home is another user's
   */
  public Optional<FileLock> lockForLauncher() throws IOException {
    createOwn();
    if (!oldLayout.move()) {
      return Optional.empty();
    }
    FileChannel channel = lockFile();
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
    }
    return Optional.ofNullable(lock);
  }

  /**
   * Creates our own directory. Leftovers of an earlier version's staging may have filled the disk.
   */
  private void createOwn() throws IOException {
    try {
      own.create();
    } catch (ForeignHomeException foreign) {
      throw foreign;
    } catch (IOException failure) {
      if (!oldLayout.remains() || !oldLayout.removeLeftovers()) {
        throw failure;
      }
      own.create();
    }
  }

  private FileChannel lockFile() throws IOException {
    Path file = run().resolve("lock");
    try {
      DurableFiles.createPrivateDirectory(run());
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException failure) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw failure;
      }
      // Nobody holds a lock that is not there. Leftovers of a staging may have filled the disk.
      removeLeftovers();
      DurableFiles.createPrivateDirectory(run());
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
  }

  /**
   * Returns what the home remembers.
   *
   * @throws ForeignHomeException if it is another user's
   * @throws IOException if the state cannot be read or is not a state
   */
  public HomeState state(ReadState how) throws IOException {
    byte[] bytes;
    try {
      requireOursIfThere();
      bytes = Files.readAllBytes(oldLayout.remains() ? oldLayout.stateFile() : stateFile());
    } catch (NoSuchFileException nothingYet) {
      return HomeState.EMPTY;
    }
    try {
      return StateFile.read(bytes);
    } catch (IOException malformed) {
      if (how == ReadState.STRICT) {
        throw new IOException(
            "the state '" + stateFile() + "' cannot be read: " + Diagnostics.reason(malformed),
            malformed);
      }
      Path aside = stateDirectory().resolve("state.unreadable");
      DurableFiles.rename(stateFile(), aside);
      Diagnostics.say(
          "the state '"
              + stateFile()
              + "' cannot be read ("
              + Diagnostics.reason(malformed)
              + "); it was moved to '"
              + aside
              + "' and the image release is used");
      return HomeState.EMPTY;
    }
  }

  /** The reactions to a state that is not one: only a broken disk or an editor writes that. */
  public enum ReadState {
    /** Fail. */
    STRICT,
    /** Put it aside and begin with an empty one: for the launcher, which must start something. */
    PUT_ASIDE
  }

  /** Returns what the home remembers; fails if it cannot be read. */
  public HomeState state() throws IOException {
    return state(ReadState.STRICT);
  }

  /**
   * Changes the state: reads it, applies the change and makes the result durable, while every other
   * process is kept out.
   *
   * @return the new state
   */
  public HomeState change(UnaryOperator<HomeState> change) throws IOException {
    own.require();
    return alone(
        () -> {
          HomeState before = state();
          HomeState after = change.apply(before);
          if (!after.equals(before)) {
            DurableFiles.write(stateFile(), StateFile.write(after));
          }
          return after;
        });
  }

  /**
   * Returns a random number of 128 bits, as hex, that tells this home from all others. The first
   * caller makes it, and it stays as long as the home. A home that was copied with it has the same.
   *
   * @throws IOException if there is none and none can be written
   */
  public String identity() throws IOException {
    own.require();
    Path file = stateDirectory().resolve("identity");
    Optional<String> there = HomeIdentity.read(file);
    return there.isPresent()
        ? there.get()
        : alone(
            () -> {
              Optional<String> made = HomeIdentity.read(file);
              return made.isPresent() ? made.get() : HomeIdentity.create(file);
            });
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** Runs a step on the state's files while everybody else is kept out. */
  private <T> T alone(Step<T> step) throws IOException {
    IN_PROCESS.lock();
    try (FileChannel channel =
        FileChannel.open(
            stateDirectory().resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      // Closing the channel releases it, and so does a kill.
      channel.lock();
      return step.run();
    } finally {
      IN_PROCESS.unlock();
    }
  }

  /**
   * Records that a release is about to run, then makes it current. A kill between the two leaves a
   * pending activation, which the next start gives up.
   *
   * @throws IOException if the release is not in the home, or nothing could be written
   */
  public void activate(PendingActivation activation) throws IOException {
    activate(activation, state -> {});
  }

  /**
   * Activates a release like {@link #activate(PendingActivation)}, if a last check of the state
   * passes.
   *
   * @param check gets the state while every other process is kept out; if it throws, the home is
   *     unchanged
   * @throws IOException if the release is not in the home, or nothing could be written
   */
  public void activate(PendingActivation activation, Consumer<HomeState> check) throws IOException {
    Release release = required(activation.to());
    change(
        state -> {
          check.accept(state);
          return state.withPending(activation);
        });
    pointCurrentTo(release.commit());
  }

  /** Makes a release current if it is not. */
  public void pointCurrentTo(Commit commit) throws IOException {
    own.require();
    Path target = Path.of("releases", commit.id());
    if (!Files.isSymbolicLink(current()) || !Files.readSymbolicLink(current()).equals(target)) {
      DurableFiles.link(current(), target);
    }
  }

  /**
   * Returns the release of a commit; empty if it is not in the home.
   *
   * @throws ForeignHomeException if the home is another user's
   */
  public Optional<Release> release(Commit commit) throws IOException {
    requireOursIfThere();
    Path entry = entryOf(commit);
    if (!Files.isDirectory(entry) && oldLayout.remains() && oldLayout.releasesAreOurs()) {
      // It could not be moved: what was proven there is still what must be served.
      entry = oldLayout.releases().resolve(commit.id());
    }
    return Files.isDirectory(entry)
        ? Optional.of(new Release(commit, entry.toRealPath()))
        : Optional.empty();
  }

  private void requireOursIfThere() throws IOException {
    try {
      own.require();
    } catch (NoSuchFileException nothingYet) {
      // Nothing is run from it either.
    }
  }

  private Release required(Commit commit) throws IOException {
    return release(commit)
        .orElseThrow(
            () ->
                new NoSuchFileException(
                    entryOf(commit).toString(), null, "the release is not in the home; stage it"));
  }

  /** Returns the commits whose releases are in the home, sorted. Other entries are ignored. */
  public List<Commit> staged() throws IOException {
    List<Commit> commits = new ArrayList<>();
    for (Path entry : entries(releases())) {
      if (Files.isDirectory(entry)) {
        commitOf(entry).ifPresent(commits::add);
      }
    }
    return commits.stream().sorted().toList();
  }

  private static Optional<Commit> commitOf(Path entry) {
    try {
      return Optional.of(new Commit(nameOf(entry)));
    } catch (IllegalArgumentException otherThanARelease) {
      return Optional.empty();
    }
  }

  /**
   * Links the image's release into the home; it is not moved there.
   *
   * @param directory the image's own directory
   */
  public Release linkImage(Commit commit, Path directory) throws IOException {
    own.require();
    Path entry = entryOf(commit);
    Path target = directory.toRealPath();
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      // Deployed before, and now also in the image: the image's files are the ones to run.
      Path aside = newStagingDirectory();
      DurableFiles.rename(entry, aside.resolve("replaced"));
      DurableFiles.deleteTree(aside);
      ReleaseContents.delete(entry);
    }
    removeOtherLinks(entry);
    if (!Files.isSymbolicLink(entry) || !Files.readSymbolicLink(entry).equals(target)) {
      DurableFiles.link(entry, target);
    }
    return new Release(commit, target);
  }

  /** Removes links of an earlier image: the target is gone, or now holds another commit's code. */
  private void removeOtherLinks(Path entry) throws IOException {
    for (Path other : entries(releases())) {
      if (Files.isSymbolicLink(other) && !other.equals(entry)) {
        Files.delete(other);
        DurableFiles.syncDirectory(releases());
      }
    }
  }

  /**
   * Creates an empty directory to lay out a release in, which tells the process that it belongs to;
   * {@link #publish} gives it its name.
   */
  public Path newStagingDirectory() throws IOException {
    own.require();
    return Files.createTempDirectory(releases(), stagingPrefix(ProcessHandle.current().pid()));
  }

  /**
   * Removes the directories in which a process has laid out releases, and which have no name yet.
   *
   * @param pid its number, as this process sees it
   */
  public void removeStagingOf(long pid) throws IOException {
    own.require();
    for (Path entry : entries(releases())) {
      if (nameOf(entry).startsWith(stagingPrefix(pid))) {
        removeStaging(entry);
      }
    }
  }

  /** Containers that share a volume have processes with the same numbers (pid_namespaces(7)). */
  private static String stagingPrefix(long pid) {
    String namespace;
    try {
      namespace = Files.readSymbolicLink(PROCESSES).toString().replaceAll("\\D", "");
    } catch (IOException notShown) {
      namespace = "";
    }
    return STAGING_PREFIX + pid + "-" + namespace + "-";
  }

  /**
   * Gives a staged release its name, durably and atomically.
   *
   * @param staged a directory from {@link #newStagingDirectory}, complete
   * @throws IOException if the commit is already there, or nothing could be written
   */
  public Release publish(Path staged, Commit commit) throws IOException {
    own.require();
    DurableFiles.syncTree(staged);
    Path entry = entryOf(commit);
    if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("the release '" + entry + "' is there already");
    }
    DurableFiles.rename(staged, entry);
    return new Release(commit, entry.toRealPath());
  }

  /**
   * Removes the oldest releases that nothing needs.
   *
   * @param keep how many releases that are not protected may stay
   * @param protectedCommits never removed: current, proven, running, image
   * @return the removed commits
   */
  public List<Commit> cleanUp(int keep, Collection<Commit> protectedCommits) throws IOException {
    Set<Commit> needed = new HashSet<>(protectedCommits);
    record Aged(Commit commit, FileTime published) {}
    List<Aged> removable = new ArrayList<>();
    for (Commit commit : staged()) {
      Path entry = entryOf(commit);
      if (!needed.contains(commit) && !Files.isSymbolicLink(entry)) {
        removable.add(new Aged(commit, publishedAt(entry)));
      }
    }
    removable.sort(Comparator.comparing(Aged::published).reversed());
    List<Commit> removed = new ArrayList<>();
    for (Aged old : removable.subList(Math.min(keep, removable.size()), removable.size())) {
      // Renamed first, so that a kill in the middle leaves no partial release under its name.
      Path aside = newStagingDirectory();
      DurableFiles.rename(entryOf(old.commit()), aside.resolve("removed"));
      DurableFiles.deleteTree(aside);
      ReleaseContents.delete(entryOf(old.commit()));
      removed.add(old.commit());
    }
    return removed;
  }

  /**
   * Returns the inode's change time: a rename sets it, while a release keeps the mtimes it came
   * with.
   */
  private static FileTime publishedAt(Path entry) throws IOException {
    return (FileTime) Files.getAttribute(entry, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
  }

  private Path releases() {
    return root.resolve("releases");
  }

  private Path stateDirectory() {
    return root.resolve("state");
  }

  private Path stateFile() {
    return stateDirectory().resolve("state");
  }

  private Path entryOf(Commit commit) {
    return releases().resolve(commit.id());
  }

  private static String nameOf(Path entry) {
    @Nullable Path name = entry.getFileName();
    return name == null ? "" : name.toString();
  }

  private static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException nothingYet) {
      return List.of();
    }
    return entries;
  }
}
