package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.ForeignHomeException;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The home of an instance on this machine. */
record LocalHome(Home home) {

  /** Advice for a command that also takes addresses. */
  static final String WITH_TARGET = "name that address with --target";

  /**
   * Returns the home that the settings name.
   *
   * @throws IllegalArgumentException if none is named, or the named one does not exist, with a
   *     message for the user
   */
  static LocalHome of(Settings settings) throws IOException {
    return checked(new Home(Path.of(settings.required(Setting.HOME))));
  }

  /** Returns the home for reading only; root may read another user's. */
  static LocalHome toLookAt(Settings settings) throws IOException {
    return checked(Home.toLookAt(Path.of(settings.required(Setting.HOME))));
  }

  private static LocalHome checked(Home home) throws IOException {
    try {
      home.requireOurs();
      // Files.isDirectory says no for a directory that this user may not look at.
      if (Files.readAttributes(home.run(), BasicFileAttributes.class).isDirectory()) {
        return new LocalHome(home);
      }
    } catch (ForeignHomeException foreign) {
      throw new IllegalArgumentException(
          foreign.finding()
              + "; if a service of another user runs there, run this as that user; otherwise remove"
              + " it, or name another directory with --home",
          foreign);
    } catch (AccessDeniedException closed) {
      throw new IllegalArgumentException(closed(home), closed);
    } catch (FileSystemException absent) {
      // Reported below. JDKs differ in the failure for a path below a file.
      if (!(absent instanceof NoSuchFileException) && fileInTheWay(home).isEmpty()) {
        throw absent;
      }
    }
    throw new IllegalArgumentException(
        "--home '"
            + home.given()
            + "' is not a home"
            + fileInTheWay(home)
                .map(file -> ": '" + file + "' is not a directory; name the launcher's home")
                .orElse("; check the path: the launcher creates its home at its first start"));
  }

  private static Optional<Path> fileInTheWay(Home home) {
    for (Path at = home.run(); at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return Files.isDirectory(at) ? Optional.empty() : Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Names the directory that keeps this user out of the home, and its owner. */
  static String closed(Home home) throws IOException {
    Path last = home.run();
    while (last.getParent() != null) {
      last = last.getParent();
      try {
        int owner = (Integer) Files.getAttribute(last, "unix:uid");
        return "--home '"
            + home.given()
            + "' is not accessible to this user: '"
            + last
            + "' belongs to user "
            + Integer.toUnsignedString(owner)
            + "; run this as that user";
      } catch (AccessDeniedException | NoSuchFileException deeper) {
        // Something further up can be looked at.
      }
    }
    throw new AccessDeniedException(home.given().toString());
  }

  /** Returns the launcher that runs there, if one does. */
  Optional<LauncherFacts> launcher() throws IOException {
    return LauncherFacts.read(home);
  }

  /** Returns the launcher that was killed there while its service still runs, if that is so. */
  Optional<LauncherFacts> orphan() {
    return LauncherFacts.left(home).filter(LauncherFacts::serviceAlive);
  }

  /**
   * Returns the launcher that runs there.
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

  /** Returns the address where the service's agent listens by default. */
  Target.LocalSocket agent() {
    return new Target.LocalSocket(home.controlSocket());
  }

  /** Returns whether the service has an agent; without a launcher, whether one listens there. */
  boolean hasAgent() throws IOException {
    Optional<LauncherFacts> launcher = launcher();
    return launcher.isPresent() ? launcher.get().agent() : somebodyListens();
  }

  /**
   * Returns whether {@link #agent} is there. With a launcher, the socket's file may be left over
   * from an earlier agent.
   */
  boolean agentListens() throws IOException {
    Optional<LauncherFacts> launcher = launcher();
    if (launcher.isEmpty()) {
      return somebodyListens();
    }
    LauncherFacts facts = launcher.get();
    return facts.agent()
        && facts.listens().isEmpty()
        && facts.unreachable().isEmpty()
        && Files.exists(home.controlSocket());
  }

  /** Without a launcher, only the socket itself tells. */
  private boolean somebodyListens() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // A process that is frozen accepts nobody, and once its queue is full a connect would wait.
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(home.controlSocket()));
      return true;
    } catch (ConnectException nobody) {
      return false;
    } catch (IOException absentOrFull) {
      return Files.isWritable(home.controlSocket());
    }
  }

  /**
   * Returns the address where the agent of the service listens.
   *
   * @param otherwise what a user does if the agent listens elsewhere
   * @throws CommandException if the agent does not listen in the home, or no launcher runs there
   */
  Target requiredAgent(String otherwise) throws IOException {
    if (!agentListens()) {
      throw new CommandException(noAgentBecause(requiredLauncher(), otherwise));
    }
    return agent();
  }

  private String noAgentBecause(LauncherFacts launcher, String otherwise) {
    if (!launcher.unreachable().isEmpty()) {
      return Text.oneLine(launcher.unreachable())
          + "; see the service's log, and restart it once that is repaired";
    } else if (!launcher.listens().isEmpty()) {
      return "the service's agent listens on '"
          + Text.oneLine(launcher.listens())
          + "', not in the home; "
          + otherwise;
    }
    return "no agent listens on '"
        + home.controlSocket()
        + "', the home's control socket; it may still be starting (see its log), or"
        + " --control-listen names another address: "
        + otherwise;
  }
}
