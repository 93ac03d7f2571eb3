package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One start of a release in this JVM, with its classes, its shutdown hooks and its state. A
 * reference to it keeps the class loader in memory. Thread-safe.
 */
final class Generation {

  /** The permission of a generation to end the JVM. */
  enum Standing {
    /** Its end is its failure, and the release before comes back. */
    ON_PROBATION,
    /** It is the service, and the JVM ends when it says so. */
    PROVEN,
    /** Its hooks are running, or it has ended. It may no longer end the JVM. */
    OVER
  }

  private final @Nullable Commit commit;
  private final Path release;
  private final String mainClass;
  private final ReleaseModule module;
  private final GenerationShutdownHooks hooks = new GenerationShutdownHooks();
  private volatile Standing standing;
  private volatile boolean mainEnded;
  private volatile @Nullable String failure;

  /**
   * @param commit commit of the release, or null if it is unknown
   * @param release its directory
   */
  Generation(
      @Nullable Commit commit,
      Path release,
      String mainClass,
      ReleaseModule module,
      Standing standing) {
    this.commit = commit;
    this.release = release;
    this.mainClass = mainClass;
    this.module = module;
    this.standing = standing;
    module.belongsTo(this);
  }

  String name() {
    return commit == null ? "the first" : commit.id();
  }

  Path release() {
    return release;
  }

  ClassLoader loader() {
    return module.loader();
  }

  GenerationShutdownHooks hooks() {
    return hooks;
  }

  Standing standing() {
    return standing;
  }

  synchronized void proven() {
    if (standing == Standing.ON_PROBATION) {
      standing = Standing.PROVEN;
    }
  }

  synchronized void over() {
    standing = Standing.OVER;
  }

  /** Returns the first thing that went wrong, or empty if nothing did. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  boolean mainEnded() {
    return mainEnded;
  }

  /** Records why the release is unusable, unless a reason is already known. */
  synchronized void fail(String reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /**
   * Runs the application's {@code main} on this thread.
   *
   * @throws Throwable if {@code main} throws it
   */
  void runMain(String[] arguments) throws Throwable {
    Thread.currentThread().setContextClassLoader(loader());
    try {
      Class<?> type = Class.forName(mainClass, false, loader());
      MainMethod.of(type).invoke(type, arguments);
    } catch (Throwable thrown) {
      fail(
          "its main class "
              + mainClass
              + " failed: "
              + thrown.getClass().getSimpleName()
              + (thrown.getMessage() == null ? "" : ": " + Diagnostics.reason(thrown)));
      throw thrown;
    } finally {
      mainEnded = true;
    }
  }

  /** Closes its jars. */
  void close() {
    module.close();
  }
}
