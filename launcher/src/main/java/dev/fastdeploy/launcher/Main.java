package dev.fastdeploy.launcher;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.supervisor.CurrentRelease;
import dev.fastdeploy.launcher.supervisor.LauncherRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar fastdeploy.jar}: {@code run} is the entrypoint, {@code current} what it would
 * start, all else the command.
 */
public final class Main {

  private static final String COMMAND = "dev.fastdeploy.launcher.command.CommandEntry";

  private Main() {}

  /** Runs and ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      Path jar = jar();
      if (arguments.length > 0 && arguments[0].equals("run")) {
        List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
        return LauncherRun.run(options, jar);
      }
      if (arguments.length > 0 && arguments[0].equals("current")) {
        return CurrentRelease.print(Arrays.asList(arguments).subList(1, arguments.length));
      }
      List<String> words = new ArrayList<>(Arrays.asList(arguments));
      Settings settings = settings(words);
      ClassLoader payload = new Payload(jar).open(payloadDirectory(settings));
      return (Integer)
          Payload.call(payload, COMMAND, Map.of("arguments", words.toArray(String[]::new)));
    } catch (IOException | IllegalArgumentException | ReflectiveOperationException failure) {
      Diagnostics.say(Diagnostics.reason(failure));
      return 1;
    } catch (OutOfMemoryError | StackOverflowError exhausted) {
      Diagnostics.say(
          "it ends: "
              + Diagnostics.reason(exhausted)
              + "; raise the limit of memory or of processes (pids of the container, ulimit -u)");
      return 1;
    }
  }

  private static Path jar() throws IOException {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException unusual) {
      throw new IOException("cannot tell where fastdeploy.jar lies: " + unusual.getMessage());
    }
  }

  /**
   * The option that must be known before the command's own parser can be loaded is taken out of the
   * words; everything else is left to that.
   */
  private static Settings settings(List<String> words) {
    Map<Setting, String> explicit = new EnumMap<>(Setting.class);
    String option = Setting.PAYLOAD_DIR.option();
    int at = words.indexOf(option);
    if (at >= 0 && at + 1 < words.size()) {
      explicit.put(Setting.PAYLOAD_DIR, words.remove(at + 1));
      words.remove(at);
    }
    words.removeIf(
        word -> {
          boolean given = word.startsWith(option + "=");
          if (given) {
            explicit.put(Setting.PAYLOAD_DIR, word.substring(option.length() + 1));
          }
          return given;
        });
    return new Settings(explicit, System.getProperties(), System.getenv());
  }

  /**
   * The home's where there is one, for it is ours already; else the user's cache, which a
   * container's user often cannot write; then a temporary one that later commands find again.
   */
  private static Path payloadDirectory(Settings settings) throws IOException {
    if (settings.said(Setting.PAYLOAD_DIR).isPresent()) {
      return Path.of(settings.required(Setting.PAYLOAD_DIR));
    }
    Optional<Home> home = settings.said(Setting.HOME).map(given -> new Home(Path.of(given)));
    List<Path> candidates = new ArrayList<>();
    home.map(Home::payload).ifPresent(candidates::add);
    cacheDirectory(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"))
        .ifPresent(candidates::add);
    for (Path candidate : candidates) {
      try {
        if (home.isPresent() && candidate.equals(home.get().payload())) {
          home.get().createRoot();
        }
        DurableFiles.createPrivateDirectory(candidate);
      } catch (IOException unwritable) {
        continue;
      }
      if (Files.isWritable(candidate)) {
        return candidate;
      }
    }
    return Payload.temporaryDirectory();
  }

  /**
   * The user's cache, or nothing where only a path relative to the working directory is known of
   * it: {@code user.home} is {@code ?} for a user without an entry in {@code /etc/passwd}, and what
   * lies in the working directory goes out with the next {@code publish .}.
   */
  static Optional<Path> cacheDirectory(@Nullable String cacheHome, @Nullable String userHome) {
    return Optional.ofNullable(cacheHome)
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(
            () ->
                Optional.ofNullable(userHome)
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .map(home -> home.resolve(".cache")))
        .map(cache -> cache.resolve("fastdeploy"));
  }
}
