package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds executors of the application's own classes (event loops, dispatchers) through what their
 * threads hold. These threads ignore an interrupt, and end when the executor is told to.
 */
final class HeldExecutors {

  /** A thread's task refers to its executor directly, or through a wrapper or two. */
  private static final int STEPS = 4;

  private static final int MOST_OBJECTS = 500;

  private static final Duration MOST_GRACE = Duration.ofSeconds(2);

  /** The methods that end an executor that is neither a service nor closeable. */
  private static final List<String> ENDINGS = List.of("shutdownNow", "shutdown", "stop");

  private final JdkInternals jdk;
  private final OldGeneration old;

  HeldExecutors(JdkInternals jdk, OldGeneration old) {
    this.jdk = jdk;
    this.old = old;
  }

  /** Returns the executors nearest to a thread. */
  List<Executor> of(Thread thread, @Nullable Object target) throws InaccessibleException {
    List<Executor> found = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> level = new ArrayDeque<>();
    add(thread, seen, level);
    add(target, seen, level);
    for (int i = 0; i <= STEPS && found.isEmpty(); i++) {
      Deque<Object> next = new ArrayDeque<>();
      for (Object each : level) {
        if (each instanceof Executor executor && canBeEnded(executor)) {
          found.add(executor);
        } else {
          addHeld(each, seen, next);
        }
      }
      level = next;
    }
    return found;
  }

  private static void add(@Nullable Object object, Set<Object> seen, Deque<Object> level) {
    if (object != null && seen.size() < MOST_OBJECTS && seen.add(object)) {
      level.add(object);
    }
  }

  /** Follows only fields of the application's classes, since the JDK's lead everywhere. */
  private void addHeld(Object object, Set<Object> seen, Deque<Object> next)
      throws InaccessibleException {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (old.ownsClass(type)) {
        for (Field field : fields(type)) {
          add(value(field, object), seen, next);
        }
      }
    }
  }

  private List<Field> fields(Class<?> type) throws InaccessibleException {
    List<Field> fields = new ArrayList<>();
    try {
      for (Field field : jdk.declaredFields(type)) {
        if (!Modifier.isStatic(field.getModifiers())
            && !field.getType().isPrimitive()
            && !field.getType().isArray()
            && field.trySetAccessible()) {
          fields.add(field);
        }
      }
    } catch (LinkageError incomplete) {
      // A field has a class that the application lacks.
    }
    return fields;
  }

  private static @Nullable Object value(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException | IllegalArgumentException hidden) {
      return null;
    }
  }

  private boolean canBeEnded(Executor executor) {
    return old.owns(executor)
        && (executor instanceof ExecutorService
            || executor instanceof AutoCloseable
            || ending(executor).isPresent());
  }

  private static Optional<Method> ending(Executor executor) {
    for (String name : ENDINGS) {
      try {
        return Optional.of(executor.getClass().getMethod(name));
      } catch (NoSuchMethodException | LinkageError hasNot) {
        // The next name may fit.
      }
    }
    return Optional.empty();
  }

  /**
   * Ends an executor of Netty's: an event loop that is shut down at once complains about the
   * channels it closes.
   */
  private static boolean endsGracefully(Executor executor) throws ReflectiveOperationException {
    Method ending;
    try {
      ending =
          executor
              .getClass()
              .getMethod("shutdownGracefully", long.class, long.class, TimeUnit.class);
    } catch (NoSuchMethodException | LinkageError another) {
      return false;
    }
    ending.setAccessible(true);
    ending.invoke(executor, 0L, MOST_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  /** Tells an executor to end. */
  static void end(Executor executor) throws Exception {
    if (endsGracefully(executor)) {
      return;
    }
    if (executor instanceof ExecutorService service) {
      service.shutdownNow();
    } else if (executor instanceof AutoCloseable closeable) {
      closeable.close();
    } else {
      Method ending = ending(executor).orElseThrow();
      ending.setAccessible(true);
      ending.invoke(executor);
    }
  }
}
