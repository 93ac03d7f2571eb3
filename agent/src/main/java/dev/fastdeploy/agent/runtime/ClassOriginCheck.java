package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.runtime.ReleasePlaces.HoldingRelease;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.RealPath;
import dev.fastdeploy.contract.Text;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Checks where the application's classes came from: code outside the running release would survive
 * every deploy. Thread-safe.
 */
final class ClassOriginCheck {

  /** Looking at all classes takes milliseconds, and a status that is watched may change often. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Instrumentation instrumentation;
  private final ApplicationClasses application;
  private final @Nullable Home home;
  private final @Nullable Path startedFrom;
  private final Path ownJar;
  private final ClassFiles files = new ClassFiles();

  /** Has several entries once a strategy has taken over code without loading it anew. */
  private final List<Path> running = new ArrayList<>();

  private boolean replaced;
  private @Nullable ClassOrigin latest;
  private long latestNanos;

  /**
   * @param application recognises the classes left over from a release that was replaced
   * @param home holds the other releases; null if there is none
   * @param release real path of the running release; if it is null, no class counts as inside
   * @param ownJar the agent's own jar, which is not part of the application
   */
  ClassOriginCheck(
      Instrumentation instrumentation,
      ApplicationClasses application,
      @Nullable Home home,
      @Nullable Path release,
      Path ownJar) {
    this.instrumentation = instrumentation;
    this.application = application;
    this.home = home;
    this.startedFrom = release == null ? null : RealPath.of(release);
    this.ownJar = RealPath.of(ownJar);
    if (startedFrom != null) {
      running.add(startedFrom);
    }
  }

  /** Returns where the loaded classes came from, as of at most two seconds ago. */
  synchronized ClassOrigin check() {
    ClassOrigin known = latest;
    return known == null || System.nanoTime() - latestNanos > FRESH.toNanos() ? checkAnew() : known;
  }

  /** Returns where the loaded classes came from, as of now. */
  synchronized ClassOrigin checkAnew() {
    ClassOrigin found = look();
    latest = found;
    latestNanos = System.nanoTime();
    return found;
  }

  /**
   * Notes that another release runs from now on.
   *
   * @param newFiles true if its classes come from its own files, false if from the same files as
   *     before
   */
  synchronized void releaseChanged(Path directory, boolean newFiles) {
    if (newFiles) {
      running.clear();
      replaced = true;
    }
    Path real = RealPath.of(directory);
    if (!running.contains(real)) {
      running.add(real);
    }
    latest = null;
  }

  private ClassOrigin look() {
    ReleasePlaces places = ReleasePlaces.of(running, home);
    Count count = new Count(places);
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      count.add(loaded);
    }
    List<String> outside = new ArrayList<>();
    String leaves = "";
    for (String entry : entries()) {
      Path file = existing(entry);
      if (file == null || file.equals(ownJar)) {
        continue;
      }
      HoldingRelease holder = places.of(file);
      if (holder != HoldingRelease.RUNNING && !isOfTheStart(file)) {
        outside.add(entry);
        if (holder == HoldingRelease.ANOTHER) {
          count.staleEntry(entry);
        }
      } else if (leaves.isEmpty() && leavesRelease(entry)) {
        leaves = entry;
      }
    }
    return new ClassOrigin(
        count.fromRelease,
        count.fromElsewhere,
        count.mainClassLocation,
        outside,
        count.stale(),
        count.noneFromRelease() && ServerArchives.in(running),
        leaves);
  }

  private static List<String> entries() {
    List<String> entries = new ArrayList<>();
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
        if (!entry.isEmpty()) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  private static @Nullable Path existing(String entry) {
    try {
      Path path = Path.of(entry);
      return Files.exists(path) ? RealPath.of(path) : null;
    } catch (InvalidPathException unnamable) {
      return null;
    }
  }

  /**
   * Returns true if the file is in the release that the JVM was started from, after a reload in
   * place.
   */
  private boolean isOfTheStart(Path file) {
    return replaced && startedFrom != null && file.startsWith(startedFrom);
  }

  /**
   * Returns true if a relative path leaves the release on its way and therefore names the way back
   * in.
   */
  private boolean leavesRelease(String entry) {
    Path path = Path.of(entry);
    if (path.isAbsolute() || startedFrom == null) {
      return false;
    }
    Path at = RealPath.of(Path.of(""));
    boolean wasInside = at.startsWith(startedFrom);
    for (Path part : path) {
      at = at.resolve(part).normalize();
      if (wasInside && !at.startsWith(startedFrom)) {
        return true;
      }
    }
    return false;
  }

  private boolean isApplications(Class<?> loaded) {
    ClassLoader loader = loaded.getClassLoader();
    return loader != ClassLoader.getPlatformClassLoader()
        && loader != ClassOriginCheck.class.getClassLoader()
        && !loaded.isArray()
        && !loaded.isPrimitive()
        && !application.passesOver(loaded);
  }

  /**
   * Returns the class that the java launcher was told to run, which for a jar is in its manifest.
   */
  private static String mainClass() {
    String module = System.getProperty("jdk.module.main.class");
    if (module != null) {
      return module;
    }
    // The launcher's command line, set by HotSpot.
    String command = System.getProperty("sun.java.command", "").split(" ", 2)[0];
    String ofJar = command.endsWith(".jar") ? mainClassOf(command) : command;
    return ofJar == null ? "" : ofJar;
  }

  private static @Nullable String mainClassOf(String jar) {
    try (JarFile file = new JarFile(jar)) {
      Manifest manifest = file.getManifest();
      return manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** The result of one look at all classes. */
  private final class Count {

    private final ReleasePlaces places;
    private final String mainClass = mainClass();
    private String mainClassLocation = "";
    private int fromRelease;
    private int fromElsewhere;
    private int fromAnother;
    private String firstOfAnother = "";
    private String mainOfAnother = "";
    private String staleEntry = "";

    Count(ReleasePlaces places) {
      this.places = places;
    }

    void add(Class<?> loaded) {
      ClassFiles.Found found = isApplications(loaded) ? files.find(loaded) : null;
      if (found == null || found.file().filter(ownJar::equals).isPresent()) {
        return;
      }
      boolean isMain = loaded.getName().equals(mainClass);
      if (isMain) {
        mainClassLocation = found.location();
      }
      HoldingRelease holder =
          found.file().map(file -> holder(loaded, file)).orElse(HoldingRelease.NONE);
      if (holder == HoldingRelease.RUNNING) {
        fromRelease++;
        return;
      }
      fromElsewhere++;
      if (holder == HoldingRelease.ANOTHER) {
        fromAnother++;
        String where = loaded.getName() + " from '" + found.location() + "'";
        firstOfAnother = firstOfAnother.isEmpty() ? where : firstOfAnother;
        mainOfAnother = isMain ? where : mainOfAnother;
      }
    }

    /**
     * Does not count a second copy made by the JVM's own loader as another release's: it is never
     * replaced, and is reported elsewhere.
     */
    private HoldingRelease holder(Class<?> loaded, Path file) {
      HoldingRelease holder = places.of(file);
      boolean secondCopy =
          isOfTheStart(file)
              && (loaded.getClassLoader() == null
                  || loaded.getClassLoader() == ClassLoader.getSystemClassLoader());
      return holder == HoldingRelease.ANOTHER && secondCopy ? HoldingRelease.NONE : holder;
    }

    void staleEntry(String entry) {
      staleEntry = staleEntry.isEmpty() ? entry : staleEntry;
    }

    boolean noneFromRelease() {
      return fromRelease == 0 && fromElsewhere > 0;
    }

    String stale() {
      if (!mainOfAnother.isEmpty()) {
        return "the main class comes from another release: " + mainOfAnother;
      }
      if (fromAnother > 0) {
        return Text.counted(fromAnother, "class comes", "classes come")
            + " from another release: "
            + firstOfAnother;
      }
      return staleEntry.isEmpty()
          ? ""
          : "the class path entry '" + staleEntry + "' lies in another release";
    }
  }
}
