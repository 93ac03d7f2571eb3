package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JDK's internal records of threads. Thread-safe. */
final class ThreadInternals {

  private static final String THREAD = "java.lang.Thread";
  private static final String HOLDER = "java.lang.Thread$FieldHolder";
  private static final String CONTAINERS = "jdk.internal.vm.ThreadContainers";
  private static final String CONTAINER = "jdk.internal.vm.ThreadContainer";

  private final JdkInternals jdk;

  ThreadInternals(JdkInternals jdk) {
    this.jdk = jdk;
  }

  /** Returns all live platform threads, including the JVM's own. */
  List<Thread> platform() throws InaccessibleException {
    Object threads = jdk.call(THREAD, null, "getThreads", List.of());
    return threads instanceof Thread[] all ? Arrays.asList(all) : List.of();
  }

  /** Returns all live virtual threads; none if Java has none, or does not track them. */
  List<Thread> virtual() throws InaccessibleException {
    if (!jdk.initialised(CONTAINERS)) {
      return List.of();
    }
    List<Thread> found = new ArrayList<>();
    Deque<Object> open = new ArrayDeque<>();
    Object root = jdk.call(CONTAINERS, null, "root", List.of());
    Object container = root;
    while (container != null) {
      for (Object each : elements(jdk.call(CONTAINER, container, "threads", List.of()))) {
        if (each instanceof Thread thread && isVirtual(thread)) {
          found.add(thread);
        }
      }
      open.addAll(
          elements(
              jdk.call(CONTAINERS, null, "children", List.of(jdk.type(CONTAINER)), container)));
      container = open.poll();
    }
    return found;
  }

  static boolean isVirtual(Thread thread) {
    return thread.getClass().getName().equals("java.lang.VirtualThread");
  }

  /** Returns what a thread was given to run, or null if it has ended or runs itself. */
  @Nullable Object target(Thread thread) throws InaccessibleException {
    if (isVirtual(thread)) {
      Object continuation = jdk.readPresent("java.lang.VirtualThread", thread, "cont");
      return jdk.read("jdk.internal.vm.Continuation", continuation, "target");
    }
    if (jdk.has(THREAD, "target")) {
      return jdk.read(THREAD, thread, "target");
    }
    return jdk.read(HOLDER, jdk.readPresent(THREAD, thread, "holder"), "task");
  }

  /**
   * Returns the methods that each thread is executing, innermost first, in the order of the
   * threads.
   */
  List<List<Frame>> frames(List<Thread> threads) throws InaccessibleException {
    Object dumped =
        jdk.call(
            THREAD,
            null,
            "dumpThreads",
            List.of(Thread[].class),
            (Object) threads.toArray(Thread[]::new));
    List<List<Frame>> frames = new ArrayList<>();
    if (dumped instanceof StackTraceElement[][] stacks) {
      for (StackTraceElement[] stack : stacks) {
        frames.add(stack == null ? List.of() : frames(stack));
      }
    }
    return frames;
  }

  private List<Frame> frames(StackTraceElement[] stack) throws InaccessibleException {
    List<Frame> frames = new ArrayList<>();
    for (StackTraceElement element : stack) {
      Object type = jdk.read("java.lang.StackTraceElement", element, "declaringClassObject");
      if (type instanceof Class<?> declaring) {
        frames.add(new Frame(declaring, element.getMethodName()));
      }
    }
    return frames;
  }

  /** Bypasses the thread's method, which may be overridden. */
  @Nullable ClassLoader contextLoader(Thread thread) throws InaccessibleException {
    return jdk.read(THREAD, thread, "contextClassLoader") instanceof ClassLoader loader
        ? loader
        : null;
  }

  /** Bypasses the thread's method, which some threads of the JDK refuse. */
  void setContextLoader(Thread thread, ClassLoader loader) throws InaccessibleException {
    jdk.write(THREAD, thread, "contextClassLoader", loader);
  }

  /** Returns the tables of a thread's thread locals. */
  List<Object> localTables(Thread thread) throws InaccessibleException {
    List<Object> tables = new ArrayList<>();
    add(tables, jdk.read(THREAD, thread, "threadLocals"));
    add(tables, jdk.read(THREAD, thread, "inheritableThreadLocals"));
    if (jdk.has(HOLDER, "terminatingThreadLocals")) {
      Object holder = jdk.readPresent(THREAD, thread, "holder");
      add(tables, jdk.read(HOLDER, holder, "terminatingThreadLocals"));
    }
    return tables;
  }

  /**
   * Returns the threads that were registered to run at the end of the JVM, by the application or
   * others.
   */
  List<Thread> shutdownHooks() throws InaccessibleException {
    String owner = "java.lang.ApplicationShutdownHooks";
    if (!jdk.initialised(owner)) {
      return List.of();
    }
    List<Thread> hooks = new ArrayList<>();
    synchronized (jdk.type(owner)) {
      if (jdk.readStatic(owner, "hooks") instanceof Map<?, ?> registered) {
        registered.keySet().forEach(each -> hooks.add((Thread) each));
      }
    }
    return hooks;
  }

  private static void add(List<Object> list, @Nullable Object value) {
    if (value != null) {
      list.add(value);
    }
  }

  private static List<Object> elements(@Nullable Object stream) {
    List<Object> elements = new ArrayList<>();
    if (stream instanceof Stream<?> some) {
      some.forEach(elements::add);
    }
    return elements;
  }
}
