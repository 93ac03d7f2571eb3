package dev.fastdeploy.launcher;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.supervisor.Supervisor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code java -jar fastdeploy.jar}: {@code run} is the entrypoint, all else the command. */
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
        return Supervisor.run(options, jar);
      }
      ClassLoader payload = new Payload(jar).open(payloadDirectory());
      return (Integer) Payload.call(payload, COMMAND, Map.of("arguments", arguments));
    } catch (IOException | IllegalArgumentException | ReflectiveOperationException failure) {
      Diagnostics.say(Diagnostics.reason(failure));
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

  /** The home's where there is one, for it is ours already; else the user's cache. */
  private static Path payloadDirectory() throws IOException {
    Settings settings = new Settings(Map.of(), System.getProperties(), System.getenv());
    if (settings.said(Setting.PAYLOAD_DIR).isPresent()) {
      return Path.of(settings.required(Setting.PAYLOAD_DIR));
    }
    Path cache = cacheDirectory();
    List<Path> candidates =
        settings
            .said(Setting.HOME)
            .map(home -> List.of(new Home(Path.of(home)).payload(), cache))
            .orElse(List.of(cache));
    for (Path candidate : candidates) {
      try {
        DurableFiles.createPrivateDirectory(candidate);
      } catch (IOException unwritable) {
        continue;
      }
      if (Files.isWritable(candidate)) {
        return candidate;
      }
    }
    return Files.createTempDirectory("fastdeploy-payload");
  }

  private static Path cacheDirectory() {
    String cache = System.getenv("XDG_CACHE_HOME");
    return (cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache))
        .resolve("fastdeploy");
  }
}
