package dev.fastdeploy.launcher.supervisor.archive;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.MappedFiles;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer.None;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer.Offered;
import dev.fastdeploy.launcher.supervisor.configuration.ArchiveUse;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.process.JavaProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides for each start of the service whether its JVM gets the archive of its release, and learns
 * from what became of it: one that the JVM rejected is not offered again.
 */
@SupervisorThread
public final class ServiceArchives {

  /** An archive is some ten megabytes; a smaller file was cut off. */
  private static final long LEAST_BYTES = 4096;

  /** What is in a line that tells a reason, among those that only tell what a JVM maps. */
  private static final Pattern REASON =
      Pattern.compile(
          "(?i)unable|mismatch|fail|error|bad|wrong|not |cannot|expected|disabled|different|changed");

  private static final int MOST_REJECTED = 50;
  private static final int LONGEST_WORDS = 300;

  private final ArchiveUse use;
  private final boolean replacesMain;
  private final Home home;
  private final boolean writable;
  private final List<String> rejected = new ArrayList<>();
  private boolean rejectedMore;
  private Optional<String> withoutNext = Optional.empty();
  private boolean saidSorted;

  /**
   * @param replacesMain whether a strategy is prepared that changes classes while they are loaded
   * @param home the home, which remembers what was rejected
   * @param writable whether it can
   */
  public ServiceArchives(ArchiveUse use, boolean replacesMain, Home home, boolean writable) {
    this.use = use;
    this.replacesMain = replacesMain;
    this.home = home;
    this.writable = writable;
    read();
  }

  private void read() {
    try {
      rejected.addAll(Files.readAllLines(home.rejectedArchives(), StandardCharsets.UTF_8));
    } catch (IOException noneOrUnreadable) {
      // An archive that is offered once too often costs one start.
    }
  }

  /**
   * A start of the service.
   *
   * @param release the release that starts
   * @param isNew whether it is on probation
   * @param line the command line, with the agent
   * @param own the same without the agent
   * @param besides what else is said to the JVM, by variables and argument files
   */
  public record Start(
      Release release, boolean isNew, List<String> line, List<String> own, List<String> besides) {

    public Start {
      line = List.copyOf(line);
      own = List.copyOf(own);
      besides = List.copyOf(besides);
    }

    /**
     * Returns why the command itself does not tell the class path, or not relative to the release:
     * an archive of another place would tell classes that they come from there.
     */
    private Optional<String> classPathElsewhere() {
      List<String> places = new JavaCommandLine(own).places();
      if (places.isEmpty() || besides.stream().anyMatch(JavaCommandLine::mayTellPlaces)) {
        return Optional.of(
            "the class path is not in the command alone; write it there, not in a variable or an"
                + " argument file");
      }
      String place = release.directory().toString();
      return places.stream().anyMatch(text -> text.contains(place))
          ? Optional.of("the class path names the release's directory; write it relative to that")
          : Optional.empty();
    }

    private List<String> said() {
      return Stream.concat(own.stream(), besides.stream()).toList();
    }
  }

  /**
   * Returns what a start gets.
   *
   * @throws IOException if it must have an archive and gets none, with a message for the user
   */
  public ArchiveOffer offer(Start start) throws IOException {
    ArchiveOffer offer;
    try {
      offer = decide(start);
    } catch (IOException | DirectoryIteratorException unreadable) {
      offer = new None("the archive cannot be read: " + Diagnostics.reason(unreadable));
    }
    if (offer instanceof None none && isRequired(start)) {
      throw new IOException(
          "the release "
              + start.release().commit()
              + " cannot be started with a class-data archive, which --archive require demands: "
              + none.reason());
    }
    return offer;
  }

  private boolean isRequired(Start start) {
    return use == ArchiveUse.REQUIRE && start.isNew();
  }

  private ArchiveOffer decide(Start start) throws IOException {
    if (use == ArchiveUse.OFF) {
      return new None("--archive is off");
    }
    if (withoutNext.isPresent()) {
      None none = rejectedBefore(withoutNext.get());
      withoutNext = Optional.empty();
      return none;
    }
    String program = start.line().get(0);
    if (!JavaProgram.isJava(program)) {
      return new None("the command is not java");
    }
    Path directory = start.release().directory();
    Path archives = directory.resolve(ProcessContract.ARCHIVES);
    if (!Files.isDirectory(archives)) {
      return new None("the release was published without one (publish --train)");
    }
    Optional<JavaRuntime> runtime = JavaRuntime.of(program, directory);
    if (runtime.isEmpty()) {
      return new None("the Java runtime of '" + program + "' has no file that tells its version");
    }
    Optional<String> elsewhere = start.classPathElsewhere();
    if (elsewhere.isPresent()) {
      return new None(elsewhere.get());
    }
    JavaCommandLine own = new JavaCommandLine(start.own());
    JavaCommandLine sorted = own.sorted(directory).orElse(own);
    Path file = archives.resolve(runtime.get().archiveName(sorted, directory));
    if (!Files.isRegularFile(file) || Files.size(file) < LEAST_BYTES) {
      return new None("the release has none for " + runtime.get() + " with this class path");
    }
    Optional<String> obstacle =
        ArchiveObstacle.in(start.said(), runtime.get().format(), replacesMain);
    return obstacle.isPresent() ? new None(obstacle.get()) : offered(start, file, runtime.get());
  }

  private static None rejectedBefore(String name) {
    return new None("the JVM rejected " + name + " before");
  }

  private ArchiveOffer offered(Start start, Path file, JavaRuntime runtime) throws IOException {
    String key = key(start, file, runtime);
    if (rejected.contains(key)) {
      return rejectedBefore(String.valueOf(file.getFileName()));
    }
    JavaCommandLine line = new JavaCommandLine(start.line());
    Optional<JavaCommandLine> sorted = line.sorted(start.release().directory());
    if (sorted.isPresent() && replacesMain) {
      return new None(
          "the strategy module is prepared, which must see the directory of jars on the class path;"
              + " write the jars out");
    }
    saySorted(sorted.isPresent());
    ArchiveFormat format = runtime.format();
    List<String> options = new ArrayList<>();
    options.add(format.using(file));
    if (isRequired(start)) {
      options.add(format.requiring());
    }
    options.add(format.logged("off"));
    Path words = home.run().resolve("archive.log");
    if (canBeWritten(words)) {
      options.add(format.reasons() + ":file=" + words + ":none:filecount=0");
    }
    return new Offered(
        file,
        ArchiveOffer.with(options, sorted.orElse(line).words()),
        isRequired(start),
        words,
        key);
  }

  private void saySorted(boolean isSorted) {
    if (isSorted && !saidSorted) {
      saidSorted = true;
      Diagnostics.say(
          "the jars of a directory on the class path are given to the service's JVM in sorted"
              + " order, as its class-data archive needs; without one the file system's order"
              + " counts");
    }
  }

  /**
   * Creates the file anew. A JVM takes some characters of its name for its own, and ends if it
   * cannot open it.
   */
  private boolean canBeWritten(Path words) {
    if (!writable || words.toString().chars().anyMatch(c -> ":\"%,".indexOf(c) >= 0)) {
      return false;
    }
    try {
      Files.deleteIfExists(words);
      Files.createFile(words);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  /** With other options, or another image of the same JDK, an archive may fit. */
  private static String key(Start start, Path file, JavaRuntime runtime) {
    int options = Objects.hash(start.line(), start.besides(), runtime.modules());
    return start.release().commit() + " " + file.getFileName() + " " + Integer.toHexString(options);
  }

  /**
   * Finds out whether a JVM that has just reported uses its archive. One that reports without an
   * archive, after another had ended with it, tells that the archive was the reason.
   *
   * @param offered what it was started with; empty if it has none
   * @param pid the JVM's process
   * @return why it does not use it, a sentence; empty if it does or was not to
   */
  public Optional<String> reported(Optional<Offered> offered, long pid) {
    if (offered.isEmpty()) {
      write();
      return Optional.empty();
    }
    if (MappedFiles.mayHave(Long.toString(pid), offered.get().file().toString())) {
      return Optional.empty();
    }
    String why =
        "the JVM did not take the class-data archive " + offered.get().name() + said(offered.get());
    Diagnostics.say(why + "; the service starts from its jars");
    reject(offered.get());
    write();
    return Optional.of(why);
  }

  /**
   * Records that a JVM ended with an archive before its agent reported, and says so. The next start
   * has none, unless one was required.
   */
  public void endedWith(Offered offered, int code) {
    Diagnostics.say(
        "the JVM ended with code "
            + code
            + " before its agent reported, and had the class-data archive "
            + offered.name()
            + said(offered)
            + (offered.required()
                ? ", which --archive require demands"
                : "; it is started once more without it"));
    if (!offered.required()) {
      reject(offered);
      withoutNext = Optional.of(offered.name());
    }
  }

  private void reject(Offered offered) {
    rejected.add(offered.key());
    rejectedMore = true;
  }

  private void write() {
    if (!writable || !rejectedMore) {
      return;
    }
    rejectedMore = false;
    try {
      List<String> last =
          rejected.subList(Math.max(0, rejected.size() - MOST_REJECTED), rejected.size());
      DurableFiles.write(
          home.rejectedArchives(),
          (String.join("\n", last) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      // This launcher knows it, and the next one learns it again.
    }
  }

  /** Returns what the JVM said of its archive, in brackets; empty if nothing. */
  private static String said(Offered offered) {
    try {
      String words =
          Files.readAllLines(offered.words(), StandardCharsets.ISO_8859_1).stream()
              .map(String::strip)
              .filter(line -> REASON.matcher(line).find())
              .collect(Collectors.joining("; "));
      return words.isEmpty() ? "" : " (" + Text.shortened(Text.oneLine(words), LONGEST_WORDS) + ")";
    } catch (IOException nothing) {
      return "";
    }
  }
}
