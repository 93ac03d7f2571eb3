package dev.fastdeploy.agent.reload.module.leftovers;

import dev.fastdeploy.agent.reload.OldLoaders;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Follows loaders in a JVM of its own and prints what became of them, {@code key=value} a line. */
public final class WatchLab {

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final LeakPolicy POLICY =
      new LeakPolicy(
          3,
          Duration.ofMillis(100),
          List.of(
              Duration.ofMillis(20),
              Duration.ofMillis(60),
              Duration.ofMillis(100),
              Duration.ofMillis(140)),
          Duration.ofMillis(500),
          Duration.ZERO);

  private final JdkInternals jdk = JdkInternals.open(LabAgent.instrumentation());
  private final Leftovers leftovers = new Leftovers(jdk);

  private static final Path RELEASE = Path.of(System.getProperty("lab.release"));

  private WatchLab() {}

  public static void main(String[] arguments) throws Exception {
    WatchLab lab = new WatchLab();
    lab.youngCollections().forEach(System.out::println);
    if (arguments[0].equals("explicit")) {
      lab.collected().forEach(System.out::println);
      lab.leaked().forEach(System.out::println);
    } else {
      lab.notAskedFor().forEach(System.out::println);
    }
    lab.staying().forEach(System.out::println);
    System.exit(0);
  }

  /** Only a collection that unloads classes says anything about a loader. */
  private List<String> youngCollections() throws InterruptedException {
    Canary canary = new Canary();
    WeakReference<Object> young = new WeakReference<>(new Object());
    Deadline.in(DEADLINE).await(() -> allocated() && young.get() == null);
    return List.of(
        "young collection=" + (young.get() == null), "canary gone by it=" + canary.gone());
  }

  private static boolean allocated() {
    return new byte[256 * 1024].length > 0;
  }

  private List<String> collected() throws Exception {
    LoaderWatch watch = watch();
    follow(watch, "NothingApp", "aaa");
    OldLoaders facts = await(watch, each -> each.collected() == 1);
    return List.of(
        "collected=" + counts(facts),
        "metaspace=" + (facts.metaspaceBytes() > 100_000),
        "server="
            + jdk.readStatic("java.lang.management.ManagementFactory", "platformMBeanServer"));
  }

  private List<String> leaked() throws Exception {
    LoaderWatch watch = watch();
    WeakReference<ClassLoader> loader = follow(watch, "ThreadLocalApp", "bbb");
    List<String> lines = new ArrayList<>();
    OldLoaders facts = await(watch, each -> each.leaked() == 1 && !each.heldBy().isEmpty());
    lines.add("leaking=" + counts(facts) + facts.heldBy());
    leftovers.clear(AppLoader.old(loader), DEADLINE);
    lines.add("leaking cleared=" + counts(awaitCollected(watch)));
    return lines;
  }

  /** Deploy after deploy, too fast for any of the loaders to count as leaked. */
  private List<String> staying() throws Exception {
    LoaderWatch watch =
        watch(
            new LeakPolicy(
                3,
                Duration.ofHours(1),
                List.of(Duration.ofMillis(20)),
                Duration.ofMillis(500),
                Duration.ZERO));
    List<String> lines = new ArrayList<>();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      loaders.add(follow(watch, "ThreadLocalApp", "d" + i));
      int before = i;
      Deadline.in(DEADLINE).await(() -> watch.staying() == before);
      lines.add("staying after " + (i + 1) + "=" + watch.staying() + " " + counts(watch.facts()));
    }
    for (WeakReference<ClassLoader> each : loaders) {
      leftovers.clear(AppLoader.old(each), DEADLINE);
    }
    return lines;
  }

  private List<String> notAskedFor() throws Exception {
    LoaderWatch watch = watch();
    follow(watch, "ThreadLocalApp", "ccc");
    Thread asking = asking();
    asking.join(DEADLINE.toMillis());
    List<String> lines = new ArrayList<>();
    lines.add("asking ended=" + !asking.isAlive());
    lines.add("unasked=" + counts(watch.facts()));
    OldLoaders facts =
        await(
            watch,
            each -> {
              return fillTheHeap() && each.leaked() == 1;
            });
    lines.add("unasked after others=" + counts(facts));
    return lines;
  }

  private static Thread asking() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("fastdeploy-lab"))
        .findFirst()
        .orElseThrow();
  }

  /** Until the collector does what it can. */
  private static boolean fillTheHeap() {
    List<byte[]> held = new ArrayList<>();
    try {
      while (true) {
        held.add(new byte[4 * 1024 * 1024]);
      }
    } catch (OutOfMemoryError full) {
      return !held.isEmpty();
    }
  }

  private OldLoaders awaitCollected(LoaderWatch watch) throws InterruptedException {
    return await(
        watch,
        each -> {
          System.gc();
          return each.collected() == 1;
        });
  }

  private static OldLoaders await(LoaderWatch watch, Predicate<OldLoaders> condition)
      throws InterruptedException {
    Deadline.in(DEADLINE).await(() -> condition.test(watch.facts()));
    return watch.facts();
  }

  private static String counts(OldLoaders facts) {
    return facts.collected() + "/" + facts.pending() + "/" + facts.leaked();
  }

  private LoaderWatch watch() {
    return watch(POLICY);
  }

  private LoaderWatch watch(LeakPolicy policy) {
    return new LoaderWatch(
        jdk,
        leftovers,
        task -> {
          Thread thread = new Thread(task, "fastdeploy-lab");
          thread.setDaemon(true);
          return thread;
        },
        RELEASE,
        "com.example.Main",
        policy);
  }

  private static WeakReference<ClassLoader> follow(LoaderWatch watch, String app, String commit)
      throws ReflectiveOperationException {
    AppLoader loader = new AppLoader();
    loader.run(app);
    watch.follow(loader, RELEASE, commit);
    return new WeakReference<>(loader);
  }
}
