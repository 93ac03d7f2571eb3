package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.CodePlace;
import dev.fastdeploy.contract.RealPath;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Checks where the application's classes came from: code that does not lie in the running release
 * would survive every deploy. Thread-safe.
 */
final class ClassOriginCheck {

  /** Looking at all classes takes milliseconds, and a watched status may change often. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Instrumentation instrumentation;
  private final ApplicationClasses application;
  private final @Nullable Path startedFrom;
  private @Nullable Path release;
  private final Path ownJar;
  private @Nullable ClassOrigin latest;
  private long latestNanos;

  /**
   * @param application tells the classes that are left of a release that was replaced
   * @param release real path of the running release; nothing is inside where it is unknown
   * @param ownJar the agent's own jar, which is no part of the application
   */
  ClassOriginCheck(
      Instrumentation instrumentation,
      ApplicationClasses application,
      @Nullable Path release,
      Path ownJar) {
    this.instrumentation = instrumentation;
    this.application = application;
    this.startedFrom = release;
    this.release = release;
    this.ownJar = RealPath.of(ownJar);
  }

  /** Where the classes that are loaded now came from, at most two seconds old. */
  synchronized ClassOrigin check() {
    long now = System.nanoTime();
    if (latest == null || now - latestNanos > FRESH.toNanos()) {
      latest = look();
      latestNanos = now;
    }
    return latest;
  }

  /** Another release runs from now on. */
  synchronized void releaseChanged(Path directory) {
    release = directory;
    latest = null;
  }

  private ClassOrigin look() {
    Map<String, Place> byText = new HashMap<>();
    String mainClass = mainClass();
    String mainClassLocation = "";
    int fromRelease = 0;
    int fromElsewhere = 0;
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      boolean counts = isApplications(loaded) && !application.passesOver(loaded);
      URL location = counts ? location(loaded) : null;
      if (location == null) {
        continue;
      }
      Place place = byText.computeIfAbsent(location.toExternalForm(), this::place);
      fromRelease += place == Place.RELEASE ? 1 : 0;
      fromElsewhere += place == Place.ELSEWHERE ? 1 : 0;
      if (place != Place.NOT_THE_APPLICATIONS && loaded.getName().equals(mainClass)) {
        mainClassLocation = location.toExternalForm();
      }
    }
    return new ClassOrigin(fromRelease, fromElsewhere, mainClassLocation, outside());
  }

  private static boolean isApplications(Class<?> loaded) {
    ClassLoader loader = loaded.getClassLoader();
    return loader != null
        && loader != ClassLoader.getPlatformClassLoader()
        && loader != ClassOriginCheck.class.getClassLoader()
        && !loaded.isArray();
  }

  /** Proxies and the like have no place of their own. */
  private static @Nullable URL location(Class<?> loaded) {
    ProtectionDomain domain = loaded.getProtectionDomain();
    CodeSource source = domain == null ? null : domain.getCodeSource();
    return source == null ? null : source.getLocation();
  }

  private Place place(String location) {
    if (location.startsWith("jrt:")) {
      return Place.NOT_THE_APPLICATIONS;
    }
    Optional<Path> file = CodePlace.of(location).map(CodePlace::path).map(RealPath::of);
    if (file.isEmpty()) {
      return Place.ELSEWHERE;
    }
    if (file.get().equals(ownJar)) {
      return Place.NOT_THE_APPLICATIONS;
    }
    return inRelease(file.get()) ? Place.RELEASE : Place.ELSEWHERE;
  }

  private List<String> outside() {
    List<String> outside = new ArrayList<>();
    String classPath = System.getProperty("java.class.path", "");
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.isEmpty() || !Files.exists(Path.of(entry))) {
        continue;
      }
      Path file = RealPath.of(Path.of(entry));
      if (!file.equals(ownJar) && !inRelease(file) && !isMapped(file)) {
        outside.add(entry);
      }
    }
    return outside;
  }

  /** An entry in the release that the JVM was started from stands for the running one's. */
  private boolean isMapped(Path file) {
    return startedFrom != null && file.startsWith(startedFrom);
  }

  private boolean inRelease(Path file) {
    return release != null && file.startsWith(release);
  }

  /** The class that the java launcher was told to run; of a jar, what its manifest names. */
  private static @Nullable String mainClass() {
    String module = System.getProperty("jdk.module.main.class");
    if (module != null) {
      return module;
    }
    // The launcher's command line; HotSpot sets it.
    String command = System.getProperty("sun.java.command", "").split(" ", 2)[0];
    return command.endsWith(".jar") ? mainClassOf(command) : command;
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

  private enum Place {
    RELEASE,
    ELSEWHERE,
    NOT_THE_APPLICATIONS
  }
}
