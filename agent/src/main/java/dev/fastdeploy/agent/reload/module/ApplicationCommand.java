package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.RealPath;
import java.io.File;
import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command that starts the application, expressed in terms of a release, so that it can start
 * any release.
 *
 * @param namedMainClass the class that the command names; null for {@code -jar}, where each
 *     release's jar names its own
 * @param entries the class path, with wildcards; only the jar for {@code -jar}
 * @param expanded the class path as the JVM has it
 * @param argumentFiles files in the release that the launcher read options from, relative to it
 */
record ApplicationCommand(
    @Nullable String namedMainClass,
    List<ClassPathEntry> entries,
    List<ClassPathEntry> expanded,
    List<Path> argumentFiles) {

  private static final String EXTRACT =
      "; extract it into the release with java -Djarmode=tools -jar app.jar extract";

  ApplicationCommand {
    entries = List.copyOf(entries);
    expanded = List.copyOf(expanded);
    argumentFiles = List.copyOf(argumentFiles);
  }

  /**
   * Returns the command that this JVM was started with.
   *
   * @param ownJar the agent's own jar, which is not part of the application
   * @throws NotPreparedException if a module cannot be made of it
   */
  static ApplicationCommand ofThisJvm(Path release, Path ownJar)
      throws NotPreparedException, IOException {
    if (System.getProperty("jdk.module.main") != null) {
      throw new NotPreparedException(
          "the command starts a module (-m), and only a class path can be loaded anew; use -cp");
    }
    requireOwnLoader();
    requireNoModulePath();
    return of(
        System.getProperty("sun.java.command", ""),
        System.getProperty("java.class.path", ""),
        JavaCommand.ofThisProcess(),
        new ReleaseFrame(RealPath.of(Path.of("")), release),
        ownJar,
        System.getenv("CLASSPATH"));
  }

  /**
   * Refuses a loader of the application's own, to which the class path and the main class would
   * belong.
   */
  private static void requireOwnLoader() throws NotPreparedException {
    String loader = System.getProperty("java.system.class.loader");
    if (loader != null) {
      throw new NotPreparedException(
          "the command names its own system class loader ("
              + loader
              + "), which a module would bypass; omit -Djava.system.class.loader");
    }
  }

  /** Refuses a module path: a module of the boot layer is the same for all releases. */
  private static void requireNoModulePath() throws NotPreparedException {
    if (System.getProperty("jdk.module.path") == null) {
      return;
    }
    for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
      URI place = module.reference().location().orElse(null);
      if (place != null && "file".equals(place.getScheme()) && !isTheJdks(place)) {
        throw new NotPreparedException(
            "the command has the module "
                + module.name()
                + " on its module path (-p), and only a class path can be loaded anew; use -cp");
      }
    }
  }

  /** Returns true for a module of a JDK that is not packed into an image. */
  private static boolean isTheJdks(URI place) {
    return Path.of(place).startsWith(Path.of(System.getProperty("java.home")));
  }

  /**
   * Reads it.
   *
   * @param line the JVM's record of the command: a class or a jar, then arguments
   * @param classPath the class path as the JVM has it
   * @param variable the environment variable {@code CLASSPATH}
   */
  static ApplicationCommand of(
      String line,
      String classPath,
      JavaCommand command,
      ReleaseFrame frame,
      Path ownJar,
      @Nullable String variable)
      throws NotPreparedException, IOException {
    Set<Path> agents = new HashSet<>();
    agents.add(RealPath.of(ownJar));
    command.agentJars().forEach(jar -> agents.add(RealPath.of(Path.of(jar))));
    List<String> seen = CommandClassPath.split(classPath, agents);
    CommandClassPath reading = new CommandClassPath(frame, seen);
    List<Path> argumentFiles =
        command.argumentFiles().stream().map(frame::within).filter(f -> !f.isAbsolute()).toList();
    String first = seen.isEmpty() ? "" : seen.get(0);
    if (isJarCommand(line, first, frame)) {
      return new ApplicationCommand(null, reading.expanded(), reading.expanded(), argumentFiles);
    }
    String written = command.classPath().orElse(variable == null ? "" : variable);
    String mainClass = line.split(" ", 2)[0].replace('/', '.');
    if (mainClass.isEmpty()) {
      throw new NotPreparedException("this JVM does not tell its main class; start it with java");
    }
    return new ApplicationCommand(
        mainClass, reading.entries(written), reading.expanded(), argumentFiles);
  }

  /** With {@code -jar} the class path is only the jar. */
  private static boolean isJarCommand(String line, String first, ReleaseFrame frame) {
    return !first.isEmpty()
        && (line.equals(first) || line.startsWith(first + " "))
        && !first.contains(File.pathSeparator)
        && Files.isRegularFile(frame.workingDirectory().resolve(first));
  }

  /**
   * Returns the class whose {@code main} is run.
   *
   * @throws ReloadDeclinedException if a release does not name one, or its jar is of a kind that
   *     cannot be run this way
   */
  String mainClass(Path release) throws ReloadDeclinedException, IOException {
    String mainClass = namedMainClass;
    if (mainClass == null) {
      Path jar = mainJar(release);
      mainClass =
          JarManifest.of(jar)
              .mainClass()
              .orElseThrow(
                  () ->
                      new ReloadDeclinedException(
                          Files.exists(jar)
                              ? "'" + jar + "' names no Main-Class"
                              : "the release lacks '" + jar + "', which the command names"));
    }
    if (JarManifest.isSpringBootLoader(mainClass)) {
      throw new ReloadDeclinedException(
          "the application is a Spring Boot jar with jars in it, or is run by its loader"
              + EXTRACT);
    }
    return mainClass;
  }

  /** Returns the jar that {@code -jar} names. */
  private Path mainJar(Path release) {
    return release.resolve(entries.get(0).path());
  }

  /**
   * Declines if the staged release cannot be started as the running one was.
   *
   * @throws ReloadDeclinedException with the first difference that a running JVM cannot follow
   */
  void compare(Path running, Path staged) throws ReloadDeclinedException, IOException {
    requireEntries(running, staged);
    for (Path file : argumentFiles) {
      if (!contents(running.resolve(file)).equals(contents(staged.resolve(file)))) {
        throw new ReloadDeclinedException(
            "'"
                + file
                + "' changed, from which java reads its options, and a running JVM keeps its own;"
                + " use the strategy process");
      }
    }
    if (namedMainClass == null) {
      requireSame(JarManifest.of(mainJar(running)), JarManifest.of(mainJar(staged)));
    }
  }

  private void requireEntries(Path running, Path staged) throws ReloadDeclinedException {
    for (ClassPathEntry entry : entries) {
      Path missing = staged.resolve(entry.path());
      if (Files.exists(running.resolve(entry.path())) && !Files.exists(missing)) {
        throw new ReloadDeclinedException(
            "the release lacks '" + entry + "', which the command names on its class path");
      }
    }
  }

  private static void requireSame(JarManifest running, JarManifest staged)
      throws ReloadDeclinedException {
    if (!running.forTheJvm().equals(staged.forTheJvm())) {
      throw new ReloadDeclinedException(
          "the manifest of '"
              + staged.jar()
              + "' asks the JVM for "
              + (staged.forTheJvm().isEmpty() ? "nothing" : staged.forTheJvm())
              + ", that of the running release for "
              + (running.forTheJvm().isEmpty() ? "nothing" : running.forTheJvm())
              + "; use the strategy process");
    }
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return "unreadable: " + Diagnostics.reason(unreadable);
    }
  }
}
