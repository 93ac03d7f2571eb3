package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out if an object leads to an old generation, that is, if the object itself or anything that
 * it holds through the JDK's own classes belongs to it. A task in a {@code FutureTask} in a queue
 * does. Reads fields and calls no method, so that no code of an application runs. Not thread-safe.
 */
final class Reach {

  /** More than any registry of a healthy application holds. The walk takes milliseconds. */
  private static final int MOST_OBJECTS = 50_000;

  /** Classes that lead everywhere, so they say nothing about who holds them. */
  private static final Set<String> CROSSROADS =
      Set.of(
          "java.lang.Thread",
          "java.lang.ThreadGroup",
          "java.lang.Module",
          "java.lang.ModuleLayer",
          "java.lang.ref.Cleaner",
          "jdk.internal.ref.CleanerImpl",
          "jdk.internal.ref.PhantomCleanable",
          "sun.nio.ch.AsynchronousChannelGroupImpl",
          "java.util.logging.LogManager",
          "java.util.logging.Logger",
          "com.sun.jmx.mbeanserver.JmxMBeanServer");

  private final JdkInternals jdk;
  private final OldGeneration old;
  private final Map<Class<?>, List<Field>> references = new HashMap<>();

  Reach(JdkInternals jdk, OldGeneration old) {
    this.jdk = jdk;
    this.old = old;
  }

  /**
   * Returns true if the object leads to the generation. Weak references lead nowhere, soft ones do.
   */
  boolean leadsToOld(@Nullable Object start) throws InaccessibleException {
    if (start == null) {
      return false;
    }
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    seen.add(start);
    open.add(start);
    while (!open.isEmpty() && seen.size() < MOST_OBJECTS) {
      Object each = open.remove();
      if (belongs(each)) {
        return true;
      }
      for (Object next : held(each)) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return false;
  }

  private boolean belongs(Object object) {
    return old.owns(object)
        || (object instanceof Member member && old.ownsClass(member.getDeclaringClass()));
  }

  private List<Object> held(Object object) throws InaccessibleException {
    if (object instanceof Object[] array) {
      return elements(array);
    }
    if (!isWalkedThrough(object)) {
      return List.of();
    }
    List<Object> held = new ArrayList<>();
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : references(type)) {
        Object value = valueOf(field, object);
        if (value != null) {
          held.add(value);
        }
      }
    }
    return held;
  }

  private static List<Object> elements(Object[] array) {
    List<Object> elements = new ArrayList<>();
    for (Object each : array) {
      if (each != null) {
        elements.add(each);
      }
    }
    return elements;
  }

  private static boolean isWalkedThrough(Object object) {
    if (object instanceof String
        || object instanceof Class
        || object instanceof ClassLoader
        || object instanceof Member) {
      return false;
    }
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (CROSSROADS.contains(type.getName())) {
        return false;
      }
    }
    return isOfTheJdk(object.getClass());
  }

  private static boolean isOfTheJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private List<Field> references(Class<?> type) throws InaccessibleException {
    List<Field> known = references.get(type);
    if (known == null) {
      known = new ArrayList<>();
      for (Field field : jdk.declaredFields(type)) {
        if (!Modifier.isStatic(field.getModifiers())
            && !field.getType().isPrimitive()
            && !isLink(type, field)
            && jdk.access(field)) {
          known.add(field);
        }
      }
      references.put(type, known);
    }
    return known;
  }

  /** Returns true for the collector's own links between references. */
  private static boolean isLink(Class<?> type, Field field) {
    return type == Reference.class && !field.getName().equals("referent");
  }

  private static @Nullable Object valueOf(Field field, Object object) {
    if (field.getDeclaringClass() == Reference.class && !(object instanceof SoftReference)) {
      return null;
    }
    try {
      return field.get(object);
    } catch (IllegalAccessException closed) {
      return null;
    }
  }
}
