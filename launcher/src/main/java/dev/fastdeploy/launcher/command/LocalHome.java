package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.ForeignHomeException;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The home of an instance on this machine. */
record LocalHome(Home home) {

  /**
   * The home that the settings name.
   *
   * @throws IllegalArgumentException if none is named, or there is none, with a message for the
   *     user
   */
  static LocalHome of(Settings settings) throws IOException {
    return checked(new Home(Path.of(settings.required(Setting.HOME))));
  }

  /** The same to look at alone: root may that of another user. */
  static LocalHome toLookAt(Settings settings) throws IOException {
    return checked(Home.toLookAt(Path.of(settings.required(Setting.HOME))));
  }

  private static LocalHome checked(Home home) throws IOException {
    try {
      home.requireOurs();
    } catch (ForeignHomeException foreign) {
      throw new IllegalArgumentException(
          foreign.finding()
              + "; if a service of another user runs there, call this as that user, else remove it,"
              + " or name another directory with --home",
          foreign);
    } catch (NoSuchFileException absent) {
      // Said below.
    }
    if (!Files.isDirectory(home.run())) {
      throw new IllegalArgumentException(
          "--home '"
              + home.given()
              + "' is no home; check the path, the launcher creates it at its first start");
    }
    return new LocalHome(home);
  }

  /** The launcher that runs there. */
  Optional<LauncherFacts> launcher() throws IOException {
    return LauncherFacts.read(home);
  }

  /**
   * The launcher that runs there.
   *
   * @throws CommandException if none does
   */
  LauncherFacts requiredLauncher() throws IOException {
    return launcher()
        .orElseThrow(
            () ->
                new CommandException(
                    "no launcher runs in the home '"
                        + home.given()
                        + "'; start the service with 'fastdeploy run --home "
                        + home.given()
                        + "' first"));
  }

  /** Where the agent of the service listens unless it was told otherwise. */
  Target.UnixSocket agent() {
    return new Target.UnixSocket(home.controlSocket());
  }

  /** Whether {@link #agent} is there. */
  boolean agentListens() {
    return Files.exists(home.controlSocket());
  }

  /**
   * Where the agent of the service listens.
   *
   * @throws CommandException if it does not listen in the home, or no launcher runs there
   */
  Target requiredAgent() throws IOException {
    if (!agentListens()) {
      requiredLauncher();
      throw new CommandException(
          "the service's agent does not listen on '"
              + home.controlSocket()
              + "'; it may be starting, or name its address with --target");
    }
    return agent();
  }
}
