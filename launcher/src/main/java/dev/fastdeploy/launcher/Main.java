package dev.fastdeploy.launcher;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.FollowWords;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StagingWords;
import dev.fastdeploy.launcher.supervisor.CurrentRelease;
import dev.fastdeploy.launcher.supervisor.LauncherRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The entry of {@code java -jar fastdeploy.jar}: {@code run} is the entrypoint, {@code current}
 * prints what it would start, everything else is the command.
 */
public final class Main {

  private static final String COMMAND = "dev.fastdeploy.launcher.command.CommandEntry";

  private static final String FOLLOW = "dev.fastdeploy.launcher.follow.FollowEntry";

  private static final String STAGE = "dev.fastdeploy.agent.staging.StagingEntry";

  /** The JVMs of a launcher or an agent, which get their settings as system properties. */
  private static final Map<String, String> HELPERS =
      Map.of(FollowWords.COMMAND, FOLLOW, StagingWords.COMMAND, STAGE);

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
      if (arguments.length > 0 && HELPERS.containsKey(arguments[0])) {
        return payload(
            jar,
            new Settings(Map.of(), System.getProperties(), System.getenv()),
            HELPERS.getOrDefault(arguments[0], ""),
            Map.of());
      }
      List<String> words = new ArrayList<>(Arrays.asList(arguments));
      Settings settings = settings(words);
      return payload(
          jar,
          settings,
          COMMAND,
          Map.of("arguments", words.toArray(String[]::new), "jar", jar.toString()));
    } catch (IOException | IllegalArgumentException | ReflectiveOperationException failure) {
      Diagnostics.say(Diagnostics.reason(failure));
      return 1;
    } catch (OutOfMemoryError | StackOverflowError exhausted) {
      Diagnostics.say(
          "ending: "
              + Diagnostics.reason(exhausted)
              + "; raise the limit of memory or of processes (the container's pids limit, ulimit"
              + " -u)");
      return 1;
    }
  }

  private static int payload(Path jar, Settings settings, String entry, Map<String, Object> values)
      throws IOException, ReflectiveOperationException {
    PayloadPlaces places =
        new PayloadPlaces(
            settings, System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"));
    ClassLoader payload = new Payload(jar).open(places.ofAll(), places::ofFleets);
    return (Integer) Payload.call(payload, entry, values);
  }

  private static Path jar() throws IOException {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException unusual) {
      throw new IOException("cannot tell where fastdeploy.jar is: " + unusual.getMessage());
    }
  }

  /**
   * Takes out the one option that must be known before the command's own parser can be loaded.
   * Everything else is left to that parser.
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
}
