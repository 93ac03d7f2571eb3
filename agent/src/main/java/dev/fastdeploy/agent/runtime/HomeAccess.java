package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.deploy.ReleaseHome;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ForeignHomeException;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The home as deploys use it. A JVM without a home remembers nothing and refuses deploys. */
final class HomeAccess implements ReleaseHome {

  private static final String NO_HOME =
      "the service has no home; start it with the launcher or name one with "
          + Setting.HOME.option();

  private final @Nullable Home home;

  HomeAccess(@Nullable Home home) {
    this.home = home;
  }

  @Override
  public Optional<String> unwritableBecause() {
    if (home == null) {
      return Optional.of(NO_HOME);
    }
    try {
      home.requireOurs();
    } catch (ForeignHomeException foreign) {
      return Optional.of(Diagnostics.reason(foreign));
    } catch (IOException absent) {
      return Optional.of(unwritable(home));
    }
    // Asks the kernel, which knows about permissions and read-only file systems.
    return Files.isWritable(home.root()) && Files.isWritable(home.run())
        ? Optional.empty()
        : Optional.of(unwritable(home));
  }

  private static String unwritable(Home home) {
    return "the home '" + home.given() + "' cannot be written; mount a volume that can";
  }

  @Override
  public HomeState state() throws IOException {
    return home == null ? HomeState.EMPTY : home.state();
  }

  @Override
  public HomeState change(UnaryOperator<HomeState> change) throws IOException {
    return required().change(change);
  }

  @Override
  public void activate(PendingActivation activation) throws IOException {
    required().activate(activation);
  }

  @Override
  public void pointCurrentTo(Commit commit) throws IOException {
    required().pointCurrentTo(commit);
  }

  @Override
  public Release release(Commit commit) throws IOException {
    return required()
        .release(commit)
        .orElseThrow(() -> new IOException("the release " + commit + " is not in the home"));
  }

  @Override
  public boolean has(Commit commit) throws IOException {
    return home != null && home.release(commit).isPresent();
  }

  @Override
  public List<Commit> staged() throws IOException {
    return home == null ? List.of() : home.staged();
  }

  @Override
  public void cleanUp(int keep, Collection<Commit> protectedCommits) throws IOException {
    required().cleanUp(keep, protectedCommits);
  }

  private Home required() throws IOException {
    if (home == null) {
      throw new IOException(NO_HOME);
    }
    return home;
  }
}
