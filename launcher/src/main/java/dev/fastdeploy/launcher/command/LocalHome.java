package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.ForeignHomeException;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.Target;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
      // Files.isDirectory calls what this user may not look at no directory.
      if (Files.readAttributes(home.run(), BasicFileAttributes.class).isDirectory()) {
        return new LocalHome(home);
      }
    } catch (ForeignHomeException foreign) {
      throw new IllegalArgumentException(
          foreign.finding()
              + "; if a service of another user runs there, call this as that user, else remove it,"
              + " or name another directory with --home",
          foreign);
    } catch (AccessDeniedException closed) {
      throw new IllegalArgumentException(closed(home), closed);
    } catch (FileSystemException absent) {
      // Said below. What lies below a file is another failure to each JDK.
      if (!(absent instanceof NoSuchFileException) && fileInTheWay(home).isEmpty()) {
        throw absent;
      }
    }
    throw new IllegalArgumentException(
        "--home '"
            + home.given()
            + "' is no home"
            + fileInTheWay(home)
                .map(file -> ": '" + file + "' is no directory; name the one that the launcher has")
                .orElse("; check the path, the launcher creates it at its first start"));
  }

  private static Optional<Path> fileInTheWay(Home home) {
    for (Path at = home.run(); at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return Files.isDirectory(at) ? Optional.empty() : Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Tells whose directory it is that keeps this user from the home. */
  static String closed(Home home) throws IOException {
    Path last = home.run();
    while (last.getParent() != null) {
      last = last.getParent();
      try {
        int owner = (Integer) Files.getAttribute(last, "unix:uid");
        return "--home '"
            + home.given()
            + "' is closed to this user: '"
            + last
            + "' belongs to the user "
            + Integer.toUnsignedString(owner)
            + "; call this as that user";
      } catch (AccessDeniedException | NoSuchFileException deeper) {
        // What can be seen lies further up.
      }
    }
    throw new AccessDeniedException(home.given().toString());
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

  /** Whether {@link #agent} is there; a socket's file may be what an earlier one has left. */
  boolean agentListens() throws IOException {
    return Files.exists(home.controlSocket())
        && launcher().filter(facts -> !facts.listens().isEmpty()).isEmpty();
  }

  /**
   * Where the agent of the service listens.
   *
   * @throws CommandException if it does not listen in the home, or no launcher runs there
   */
  Target requiredAgent() throws IOException {
    if (!agentListens()) {
      String elsewhere = requiredLauncher().listens();
      throw new CommandException(
          elsewhere.isEmpty()
              ? "no agent listens on '"
                  + home.controlSocket()
                  + "', where that of the home does; it may be starting, its log may tell why not,"
                  + " or --control-listen names another address: give that with --target"
              : "the service's agent listens on '"
                  + Text.oneLine(elsewhere)
                  + "', as the launcher heard from it, and not in the home; name that address with"
                  + " --target");
    }
    return agent();
  }
}
