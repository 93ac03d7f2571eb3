package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.Obstacle;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.StrategyName;
import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Redefines in place the classes whose method bodies changed, if nothing else did. Experimental:
 * what the old code created stays, such as objects, static fields and generated classes.
 *
 * <p>At the start of the JVM it needs only an agent that may redefine and retransform. No request
 * is drained. The directory that the JVM was started from must stay: its class path points there
 * after any number of reloads.
 *
 * <p>Thread-safe.
 */
public final class RedefineReload implements InPlaceReload {

  private final Instrumentation instrumentation;
  private final ApplicationClasses application;
  private final HeldCode heldCode;
  private final LaterLoads laterLoads;
  private @Nullable Examined examined;
  private @Nullable Redefined last;
  private boolean followed;
  private boolean said;

  /**
   * @param instrumentation the one of this JVM
   * @param application the changes of another strategy to the application's classes
   */
  public RedefineReload(Instrumentation instrumentation, ApplicationClasses application) {
    this.instrumentation = instrumentation;
    this.application = application;
    this.heldCode = new HeldCode(instrumentation, application);
    this.laterLoads = new LaterLoads(application);
  }

  @Override
  public String name() {
    return StrategyName.REDEFINE;
  }

  @Override
  public Optional<Obstacle> obstacle() {
    if (instrumentation.isRedefineClassesSupported()
        && instrumentation.isRetransformClassesSupported()) {
      return Optional.empty();
    }
    return Optional.of(
        new Obstacle("this JVM lets no agent redefine classes; use the strategy 'process'", true));
  }

  @Override
  public synchronized void examine(Release running, Release staged) throws ReloadDeclinedException {
    examined = null;
    examined = examination(running, staged);
  }

  @Override
  public synchronized void reload(ReloadRequest request) throws ReloadDeclinedException {
    Release from = request.from();
    Release to = request.to();
    Examined ready = examined != null && examined.isOf(from, to) ? examined : examination(from, to);
    examined = null;
    sayThatItIsExperimental();
    List<LoadedClass> loaded = loaded(ready.changes, from).orDecline();
    heldCode.require(ready.unchecked(loaded), from);
    request.progress().reloading();
    // Checked first: a thread that enters after the redefinition runs the new code.
    new BusyThreads(loaded).find().forEach(request.progress()::note);
    Layers before = laterLoads.layers();
    int redefined = redefineOrGoBack(ready, before);
    last = new Redefined(from, ready.changes, before);
    request.progress().note(summary(redefined, ready.changes.size()));
  }

  @Override
  public Optional<String> failure() {
    return laterLoads.problem();
  }

  @Override
  public synchronized void restore(Release before) throws ReloadDeclinedException {
    Redefined undone = last;
    if (undone == null || !undone.from.equals(before)) {
      throw new ReloadDeclinedException(
          "the release " + before.commit() + " is not the one that was redefined last");
    }
    goBack(undone.changes, before, undone.layers);
    last = null;
  }

  @Override
  public synchronized void readsFilesOf(Release release) {
    laterLoads.follow(laterLoads.layers().without(release.directory()));
  }

  @Override
  public boolean interrupts() {
    return false;
  }

  @Override
  public boolean replacesFiles() {
    return false;
  }

  @Override
  public synchronized void proven() {
    last = null;
  }

  private void sayThatItIsExperimental() {
    if (!said) {
      said = true;
      Diagnostics.say(
          "EXPERIMENTAL: the strategy 'redefine' replaces method bodies in the running JVM;"
              + " objects, static fields and generated classes stay as the old code made them");
    }
  }

  private Examined examination(Release running, Release staged) throws ReloadDeclinedException {
    List<ChangedClass> changes = compare(running, staged);
    List<LoadedClass> loaded = loaded(changes, running).orDecline();
    heldCode.require(loaded, running);
    Examined result = new Examined(running, staged, changes);
    loaded.forEach(known -> result.checked.add(known.type()));
    return result;
  }

  private static List<ChangedClass> compare(Release running, Release staged)
      throws ReloadDeclinedException {
    try {
      return ReleaseComparison.compare(running.directory(), staged.directory());
    } catch (DifferenceException difference) {
      throw new ReloadDeclinedException(
          "more than method bodies changed: " + difference.getMessage());
    } catch (IOException failure) {
      throw new ReloadDeclinedException(
          "the releases "
              + running.commit()
              + " and "
              + staged.commit()
              + " could not be compared: "
              + Diagnostics.reason(failure));
    }
  }

  private LoadedClasses loaded(List<ChangedClass> changes, Release running) {
    return LoadedClasses.of(
        instrumentation,
        application,
        changes,
        laterLoads.layers().directoriesOf(running.directory()));
  }

  private int redefineOrGoBack(Examined ready, Layers before) throws ReloadDeclinedException {
    try {
      follow(before.advanced(ready.running.directory(), ready.staged.directory(), ready.changes));
      return redefine(ready.changes, ready.staged, true);
    } catch (ReloadDeclinedException declined) {
      try {
        goBack(ready.changes, ready.running, before);
      } catch (ReloadDeclinedException notBack) {
        // Not a declined reload: the running code is now that of neither release.
        throw new IllegalStateException(
            declined.getMessage() + "; the old code did not come back: " + notBack.getMessage(),
            notBack);
      }
      throw declined;
    }
  }

  private void goBack(List<ChangedClass> changes, Release to, Layers before)
      throws ReloadDeclinedException {
    follow(before);
    // Ignores objections: the new code must not stay.
    redefine(changes, to, false);
  }

  private void follow(Layers layers) {
    if (!followed && !layers.changed().isEmpty()) {
      followed = true;
      instrumentation.addTransformer(laterLoads, false);
    }
    laterLoads.follow(layers);
  }

  /**
   * Gives all loaded classes that changed a release's code. Repeats the search until it finds
   * nothing new, since a class may have been in the middle of loading.
   *
   * @param objections true if objections count
   * @return the number of classes
   */
  private int redefine(List<ChangedClass> changes, Release to, boolean objections)
      throws ReloadDeclinedException {
    Set<Class<?>> done = new HashSet<>();
    while (true) {
      LoadedClasses found = loaded(changes, to);
      List<LoadedClass> next = new ArrayList<>(objections ? found.orDecline() : found.classes());
      next.removeIf(loaded -> done.contains(loaded.type()));
      if (next.isEmpty()) {
        return done.size();
      }
      redefineAtOnce(next, to);
      heldCode.require(next, to);
      next.forEach(loaded -> done.add(loaded.type()));
    }
  }

  private void redefineAtOnce(List<LoadedClass> classes, Release to)
      throws ReloadDeclinedException {
    try {
      ClassDefinition[] definitions = new ClassDefinition[classes.size()];
      for (int i = 0; i < definitions.length; i++) {
        LoadedClass loaded = classes.get(i);
        definitions[i] =
            new ClassDefinition(loaded.type(), loaded.change().file().read(to.directory()));
      }
      instrumentation.redefineClasses(definitions);
    } catch (Exception | LinkageError | InternalError failure) {
      throw new ReloadDeclinedException(
          "the JVM did not redefine "
              + named(classes)
              + " as in the release "
              + to.commit()
              + ": "
              + Diagnostics.reason(failure));
    }
  }

  private static String named(List<LoadedClass> classes) {
    String first = classes.get(0).change().name();
    return classes.size() == 1 ? "class " + first : classes.size() + " classes (" + first + ", …)";
  }

  private static String summary(int redefined, int changed) {
    return "classes that changed: "
        + changed
        + "; redefined: "
        + redefined
        + (redefined < changed ? "; the others have the new code once they are loaded" : "");
  }

  /** The result of an examination, which the following reload uses. */
  private static final class Examined {

    private final Release running;
    private final Release staged;
    private final List<ChangedClass> changes;

    /** Weak, because the reload may never come. */
    private final Set<Class<?>> checked = Collections.newSetFromMap(new WeakHashMap<>());

    Examined(Release running, Release staged, List<ChangedClass> changes) {
      this.running = running;
      this.staged = staged;
      this.changes = changes;
    }

    boolean isOf(Release from, Release to) {
      return running.equals(from) && staged.equals(to);
    }

    List<LoadedClass> unchecked(List<LoadedClass> loaded) {
      return loaded.stream().filter(one -> !checked.contains(one.type())).toList();
    }
  }

  /**
   * A reload that may be undone.
   *
   * @param layers the layers before it
   */
  private record Redefined(Release from, List<ChangedClass> changes, Layers layers) {}
}
