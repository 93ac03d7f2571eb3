package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.agent.reload.module.Generation.Standing;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The generations of the application in this JVM, of which one is current. Receives their requests
 * to the JVM from {@code ApplicationCalls}. Thread-safe.
 */
final class Generations implements BiFunction<String, Object[], Object> {

  private static final long POLL_MILLIS = 100;

  /** The class of the system loader. The payload has another one of that name. */
  private static final String ENDED = "dev.fastdeploy.agent.ReplacedCodeError";

  private static final Object DONE = true;

  private final JvmEnd end;
  private final LiveThreads threads;
  private volatile Generation current;
  private volatile String[] arguments = {};
  private volatile boolean started;
  private boolean ending;
  private @Nullable Runnable asked;

  /**
   * @param first the generation that the JVM's own {@code main} thread will run
   * @param primordial that thread
   * @param end ends the JVM
   */
  Generations(Generation first, Thread primordial, JvmEnd end) {
    this.current = first;
    this.threads = new LiveThreads(groupOf(primordial));
    this.end = end;
  }

  private static ThreadGroup groupOf(Thread alive) {
    ThreadGroup group = alive.getThreadGroup();
    if (group == null) {
      throw new IllegalStateException("the thread " + alive.getName() + " has ended");
    }
    return group;
  }

  Generation current() {
    return current;
  }

  /** Returns true if the JVM's {@code main} came here instead of to the application's class. */
  boolean started() {
    return started;
  }

  /** Returns the arguments that the command gave the first {@code main}. */
  String[] arguments() {
    return arguments.clone();
  }

  /** Returns true if any thread other than the agent's keeps the JVM alive. */
  boolean othersKeepTheJvm() {
    return threads.othersKeepTheJvm();
  }

  @Override
  public Object apply(String call, Object[] given) {
    switch (call) {
      case "main" -> {
        return startFirst((String[]) given[0]);
      }
      case "addShutdownHook" -> hooksOf((Class<?>) given[1]).add((Thread) given[0]);
      case "removeShutdownHook" -> {
        return hooksOf((Class<?>) given[1]).remove((Thread) given[0]);
      }
      case "loader" -> {
        return generationOf((Class<?>) given[0]).loader();
      }
      case "exit" -> end((Integer) given[0], (Class<?>) given[1], end.exit());
      case "halt" -> end((Integer) given[0], (Class<?>) given[1], end.halt());
      default -> throw new IllegalArgumentException(call);
    }
    return DONE;
  }

  private GenerationShutdownHooks hooksOf(Class<?> caller) {
    return generationOf(caller).hooks();
  }

  private Generation generationOf(Class<?> caller) {
    Generation generation = GenerationLoader.generationOf(caller.getClassLoader());
    return generation == null ? current : generation;
  }

  /** Ends the JVM, and returns only if the caller may not. Its thread is then ended. */
  private void end(int code, Class<?> caller, IntConsumer end) {
    Generation generation = generationOf(caller);
    if (mayEnd(generation, () -> end.accept(code))) {
      end.accept(code);
    } else {
      generation.fail("it asked for the end of the JVM, with exit code " + code);
    }
  }

  private synchronized boolean mayEnd(Generation generation, Runnable end) {
    if (ending || generation.standing() == Standing.PROVEN || handlesAStop()) {
      return true;
    }
    if (generation == current && asked == null) {
      asked = end;
    }
    return false;
  }

  /**
   * Returns true on the thread that runs an application's handler, by the name that {@code
   * jdk.internal.misc.Signal} gives it.
   */
  private static boolean handlesAStop() {
    String thread = Thread.currentThread().getName();
    return thread.equals("SIGTERM handler") || thread.equals("SIGINT handler");
  }

  /**
   * Notes that the process will end: from now on any caller may end the JVM, and nothing is
   * started. If the current generation asked for the end earlier, the JVM ends now.
   */
  void processEnds() {
    Runnable end;
    synchronized (this) {
      ending = true;
      end = asked;
    }
    if (end != null) {
      Thread thread = new Thread(null, end, "fastdeploy-application-end", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(Generations.class.getClassLoader());
      thread.start();
    }
  }

  /**
   * Runs the first generation on the JVM's own {@code main} thread. An exception from its {@code
   * main} goes to the JVM, which prints it and exits with 1, unless it was thrown because the
   * generation was being replaced.
   *
   * @return the exception to throw, if any
   */
  private Object startFirst(String[] given) {
    arguments = given.clone();
    started = true;
    Generation first = current;
    try {
      first.runMain(given);
    } catch (Throwable thrown) {
      if (first.standing() == Standing.PROVEN) {
        return thrown;
      }
      uncaught(thrown);
    }
    return DONE;
  }

  /**
   * Starts the {@code main} of another generation on a thread, as the JVM would.
   *
   * @param given its arguments
   * @throws IllegalStateException if the process was told to end
   */
  void start(Generation next, String[] given) {
    synchronized (this) {
      if (ending) {
        throw new IllegalStateException("the process was told to end");
      }
      current = next;
      asked = null;
    }
    Thread main =
        new Thread(groupOf(Thread.currentThread()), () -> run(next, given), "main", 0, false);
    main.setDaemon(false);
    main.setContextClassLoader(next.loader());
    main.start();
  }

  private void run(Generation generation, String[] given) {
    try {
      generation.runMain(given);
    } catch (Throwable thrown) {
      uncaught(thrown);
      if (generation.standing() == Standing.PROVEN) {
        endOnceAlone(generation);
      }
    }
  }

  /** Does what a JVM does whose {@code main} failed: exits with 1 once nothing else runs. */
  private void endOnceAlone(Generation generation) {
    try {
      while (generation.standing() == Standing.PROVEN) {
        if (!threads.othersKeepTheJvm()) {
          end.exit().accept(1);
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException replaced) {
      // Interrupted by the next reload.
    }
  }

  private static void uncaught(Throwable thrown) {
    if (thrown.getClass().getName().equals(ENDED)) {
      // It asked for the end of the JVM. A thread that does so prints nothing.
      return;
    }
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable ignored) {
      // As the JVM does.
    }
  }

  /**
   * Takes from the current generation the right to end the JVM, and runs its shutdown hooks.
   *
   * @return the hooks that did not end in time
   */
  List<Thread> stopCurrent(Duration limit) throws InterruptedException {
    current.over();
    return current.hooks().run(limit);
  }

  /** Runs the hooks of the current generation, at the end of the JVM. */
  void jvmEnds() {
    synchronized (this) {
      // A hook may halt the JVM, as it may in one that never reloaded.
      ending = true;
    }
    current.hooks().runToTheEnd();
  }
}
