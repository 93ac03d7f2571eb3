package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;

/**
 * Runs the leak cases in a JVM of its own and prints a line for each: its name, whether the loader
 * was collected after all steps but the one, whether it was after all of them, and what the steps
 * said.
 */
public final class LeakLab {

  /** Nothing that is not cleared may end just because it was given time. */
  private static final Duration WITHOUT_STEP = Duration.ofMillis(200);

  private static final Duration WITH_STEP = Duration.ofSeconds(10);
  private static final int COLLECTIONS = 3;
  private static final int MOST_COLLECTIONS = 30;

  private final JdkInternals jdk = JdkInternals.open(LabAgent.instrumentation());

  private LeakLab() {}

  public static void main(String[] arguments) throws Exception {
    LeakLab lab = new LeakLab();
    String only = arguments.length == 0 ? "" : arguments[0];
    for (LeakCase each : LeakCase.ALL) {
      if (each.isFor(Runtime.version().feature()) && each.name().startsWith(only)) {
        System.out.println(lab.run(each));
      }
    }
    System.exit(0);
  }

  private String run(LeakCase each) throws Exception {
    WeakReference<ClassLoader> loader = started(each.app());
    List<Step> all = Steps.all(jdk);
    List<Step> others = all.stream().filter(step -> step.getClass() != each.step()).toList();
    clear(new Leftovers(jdk, () -> others), loader, WITHOUT_STEP);
    boolean collectedWithout = collected(loader, COLLECTIONS);
    List<String> remaining = collectedWithout ? List.of() : remaining(loader);
    List<String> said =
        collectedWithout ? List.of() : clear(new Leftovers(jdk, () -> all), loader, WITH_STEP);
    boolean collectedWith = collected(loader, MOST_COLLECTIONS);
    return String.join(
        "|",
        each.name(),
        "" + collectedWithout,
        "" + collectedWith,
        String.join("; ", remaining),
        String.join("; ", said));
  }

  private static WeakReference<ClassLoader> started(String app)
      throws ReflectiveOperationException {
    AppLoader loader = new AppLoader();
    loader.run(app);
    return new WeakReference<>(loader);
  }

  private static List<String> clear(
      Leftovers leftovers, WeakReference<ClassLoader> loader, Duration deadline) {
    return leftovers.clear(AppLoader.old(loader), deadline);
  }

  private List<String> remaining(WeakReference<ClassLoader> loader) {
    return new Leftovers(jdk).remaining(AppLoader.old(loader));
  }

  private static boolean collected(WeakReference<ClassLoader> loader, int most)
      throws InterruptedException {
    for (int i = 0; i < most && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(5);
    }
    return loader.get() == null;
  }
}
