package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.module.Generation.Standing;
import dev.fastdeploy.agent.reload.module.leftovers.JdkInternals;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.JdkModule;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a JVM for the strategy {@code module}, in {@code premain} and on the thread that will
 * run {@code main}: makes a module of the running release and replaces the main class by a stub.
 *
 * @param instrumentation the one of this JVM
 * @param jar {@code fastdeploy.jar}
 * @param commit commit of the running release, or null if it is unknown
 * @param release real path of the running release
 * @param drainTimeout longest time for shutdown hooks at a reload
 * @param maxLeaked number of old loaders that may stay in memory
 * @param end ends the JVM
 * @param threads makes daemon threads
 */
public record ModulePreparation(
    Instrumentation instrumentation,
    Path jar,
    @Nullable Commit commit,
    Path release,
    Duration drainTimeout,
    int maxLeaked,
    JvmEnd end,
    ThreadFactory threads) {

  /** The module that JBoss Modules needs: it begins by offering its loaders there. */
  private static final String MANAGEMENT = "java.management";

  /**
   * Prepares it. If this fails the application starts as it would without the agent.
   *
   * @param connect accepts the receiver of the calls of {@code ApplicationCalls}
   * @throws NotPreparedException if this application cannot be run this way
   */
  public ModuleReload prepare(Consumer<BiFunction<String, Object[], Object>> connect)
      throws NotPreparedException {
    Optional<String> missing = JdkModule.missing("it", MANAGEMENT);
    if (missing.isPresent()) {
      throw new NotPreparedException(missing.get());
    }
    try {
      ApplicationCommand command = ApplicationCommand.ofThisJvm(release, jar);
      String mainClass = command.mainClass(release);
      requireNotLoaded(mainClass);
      UrlFactories.initialiseWithout(instrumentation);
      Generation first = first(command, mainClass);
      try {
        return lead(command, mainClass, first, connect);
      } catch (Throwable failure) {
        // The application starts without it, and its jars need not stay open.
        first.close();
        throw failure;
      }
    } catch (ReloadDeclinedException refused) {
      throw new NotPreparedException(Diagnostics.reason(refused));
    } catch (IOException unreadable) {
      throw new NotPreparedException(Diagnostics.reason(unreadable));
    } catch (ReflectiveOperationException | RuntimeException otherJdk) {
      throw new NotPreparedException(
          "this JDK is not as expected: " + Diagnostics.reason(otherJdk));
    }
  }

  private ModuleReload lead(
      ApplicationCommand command,
      String mainClass,
      Generation first,
      Consumer<BiFunction<String, Object[], Object>> connect)
      throws ReflectiveOperationException {
    Generations generations = new Generations(first, Thread.currentThread(), end);
    ModuleReload module =
        new ModuleReload(
            command,
            mainClass,
            GivenPaths.in(release, System.getProperties()),
            generations,
            cleaning(mainClass),
            drainTimeout,
            maxLeaked);
    // Everything that can fail is done: from here on the application's main goes to the module.
    connect.accept(generations);
    Runtime.getRuntime().addShutdownHook(hook(generations));
    instrumentation.addTransformer(new CallRewriting());
    instrumentation.addTransformer(new MainStub(mainClass));
    return module;
  }

  private LeftoverCleaning cleaning(String mainClass) {
    return new LeftoverCleaning(JdkInternals.open(instrumentation), release, mainClass, threads);
  }

  private Generation first(ApplicationCommand command, String mainClass)
      throws NotPreparedException, IOException {
    String name = commit == null ? "first" : commit.id();
    ReleaseModule module = ReleaseModule.open(name, ClassPathRoots.of(command.expanded(), release));
    if (module.loader().getResource(mainClass.replace('.', '/') + ".class") == null) {
      module.close();
      throw new NotPreparedException("the class path has no class " + mainClass);
    }
    return new Generation(commit, release, mainClass, module, Standing.PROVEN);
  }

  /** Fails if the main class was loaded early, by an AOT cache or by another agent. */
  private void requireNotLoaded(String mainClass) throws NotPreparedException {
    boolean loaded =
        Arrays.stream(instrumentation.getAllLoadedClasses())
            .anyMatch(
                type ->
                    type.getName().equals(mainClass)
                        && type.getClassLoader() == ClassLoader.getSystemClassLoader());
    if (loaded) {
      throw new NotPreparedException(
          "the main class "
              + mainClass
              + " was loaded before the agent could replace it; make the AOT cache with this agent"
              + " and these settings, or name other agents after it");
    }
  }

  private static Thread hook(Generations generations) {
    Thread hook = new Thread(null, generations::jvmEnds, "fastdeploy-application-hooks", 0, false);
    hook.setContextClassLoader(ModulePreparation.class.getClassLoader());
    return hook;
  }
}
