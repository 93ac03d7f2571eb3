package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One start of a release in this JVM: its classes, its shutdown hooks, how far it is. Whoever holds
 * it holds the class loader. Thread-safe.
 */
final class Generation {

  /** What a generation may do to the JVM. */
  enum Standing {
    /** Its end is its failure: the release before comes back. */
    ON_PROBATION,
    /** It is the service: the JVM ends when it says so. */
    PROVEN,
    /** Its hooks run, or it is over. It has no say any more. */
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
   * @param commit of the release, if that is known
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

  /** What went wrong first; nothing as long as all may be well. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  boolean mainEnded() {
    return mainEnded;
  }

  /** Remembers why the release is no good, unless a reason is known. */
  synchronized void fail(String reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /**
   * Runs the application's {@code main} on this thread.
   *
   * @throws Throwable what it throws
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
