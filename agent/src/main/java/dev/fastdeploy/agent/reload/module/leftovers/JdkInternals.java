package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's inside, by name. What is where differs from version to version: whatever is not found
 * ends in an {@link InaccessibleException} that says so. No access loads a class of the application
 * or initialises one, except where a method says otherwise. Thread-safe.
 *
 * <p>Everything is reached by name, also what is public: a direct reference to {@code
 * java.util.logging} would be led elsewhere in the payload, and a module may be missing.
 */
public final class JdkInternals {

  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.desktop",
          "java.logging",
          "java.management",
          "java.naming",
          "java.rmi",
          "java.sql",
          "jdk.httpserver",
          "jdk.management",
          "jdk.unsupported");

  private final Instrumentation instrumentation;
  private final Map<FieldName, Field> fields = new ConcurrentHashMap<>();

  private JdkInternals(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Opens the JDK's modules to this class's own module and to no other. Initialises nothing. A
   * module that is not in this JVM, or cannot be opened, is missed only by what needs it.
   */
  public static JdkInternals open(Instrumentation instrumentation) {
    Module own = JdkInternals.class.getModule();
    for (String name : MODULES) {
      ModuleLayer.boot()
          .findModule(name)
          .filter(instrumentation::isModifiableModule)
          .ifPresent(module -> open(instrumentation, module, own));
    }
    return new JdkInternals(instrumentation);
  }

  private static void open(Instrumentation instrumentation, Module module, Module own) {
    Map<String, Set<Module>> opened = new HashMap<>();
    for (String each : module.getPackages()) {
      opened.put(each, Set.of(own));
    }
    instrumentation.redefineModule(module, Set.of(), Map.of(), opened, Set.of(), Map.of());
  }

  Instrumentation instrumentation() {
    return instrumentation;
  }

  /** A class of the JDK whether or not it is initialised; nothing if this JVM has none. */
  Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    }
  }

  /** Whether a class of the JDK is there and its static state exists already. */
  boolean initialised(String name) throws InaccessibleException {
    Class<?> type = find(name).orElse(null);
    if (type == null) {
      return false;
    }
    String unsafe = "jdk.internal.misc.Unsafe";
    Object instance = call(unsafe, null, "getUnsafe", List.of());
    return !Boolean.TRUE.equals(
        call(unsafe, instance, "shouldBeInitialized", List.of(Class.class), type));
  }

  boolean has(String owner, String field) {
    try {
      field(owner, field);
      return true;
    } catch (InaccessibleException absent) {
      return false;
    }
  }

  /**
   * The value of a field.
   *
   * @param owner the class that declares it
   */
  @Nullable Object read(String owner, Object target, String field) throws InaccessibleException {
    return valueOf(field(owner, field), target);
  }

  /** The value of a field that holds something always. */
  Object readPresent(String owner, Object target, String field) throws InaccessibleException {
    Object value = read(owner, target, field);
    if (value == null) {
      throw new InaccessibleException(owner + "." + field + " holds nothing");
    }
    return value;
  }

  /** The value of a static field. Initialises the class: ask {@link #initialised} before. */
  @Nullable Object readStatic(String owner, String field) throws InaccessibleException {
    return valueOf(field(owner, field), null);
  }

  void write(String owner, @Nullable Object target, String field, @Nullable Object value)
      throws InaccessibleException {
    try {
      field(owner, field).set(target, value);
    } catch (IllegalAccessException | IllegalArgumentException refused) {
      throw new InaccessibleException(owner + "." + field + " cannot be set: " + refused);
    }
  }

  /**
   * Calls a method.
   *
   * @param target null for a static one, whose class gets initialised
   */
  @Nullable Object call(
      String owner, @Nullable Object target, String name, List<Class<?>> types, Object... arguments)
      throws InaccessibleException {
    try {
      Method method = type(owner).getDeclaredMethod(name, types.toArray(Class<?>[]::new));
      makeAccessible(method, owner + "." + name);
      return method.invoke(target, arguments);
    } catch (NoSuchMethodException absent) {
      throw new InaccessibleException(inThisJava("has no " + owner + "." + name));
    } catch (IllegalAccessException refused) {
      throw new InaccessibleException(owner + "." + name + " cannot be called: " + refused);
    } catch (InvocationTargetException failure) {
      throw new InaccessibleException(owner + "." + name + " failed: " + failure.getCause());
    }
  }

  /** A new instance of a class of the JDK, by the constructor that takes nothing. */
  Object create(String name) throws InaccessibleException {
    try {
      Constructor<?> constructor = type(name).getDeclaredConstructor();
      makeAccessible(constructor, name);
      return constructor.newInstance();
    } catch (ReflectiveOperationException failure) {
      throw new InaccessibleException(name + " cannot be created: " + failure);
    }
  }

  /** A class of the JDK, which is not initialised by this. */
  Class<?> type(String name) throws InaccessibleException {
    return find(name)
        .orElseThrow(() -> new InaccessibleException(inThisJava("has no class " + name)));
  }

  /**
   * The fields that a class itself declares, accessible where its package is open, also those that
   * reflection hides: of class loaders it hides all.
   */
  Field[] declaredFields(Class<?> type) throws InaccessibleException {
    Object declared =
        call("java.lang.Class", type, "getDeclaredFields0", List.of(boolean.class), false);
    return declared instanceof Field[] found ? found : new Field[0];
  }

  private Field field(String owner, String name) throws InaccessibleException {
    FieldName key = new FieldName(owner, name);
    Field known = fields.get(key);
    if (known != null) {
      return known;
    }
    for (Field each : declaredFields(type(owner))) {
      if (each.getName().equals(name)) {
        makeAccessible(each, owner + "." + name);
        fields.put(key, each);
        return each;
      }
    }
    throw new InaccessibleException(inThisJava("has no " + owner + "." + name));
  }

  private static @Nullable Object valueOf(Field field, @Nullable Object target)
      throws InaccessibleException {
    try {
      return field.get(target);
    } catch (IllegalAccessException | IllegalArgumentException refused) {
      throw new InaccessibleException(field.getName() + " cannot be read: " + refused);
    }
  }

  private static void makeAccessible(AccessibleObject object, String what)
      throws InaccessibleException {
    if (!object.trySetAccessible()) {
      throw new InaccessibleException(what + " is not open to fastdeploy");
    }
  }

  private static String inThisJava(String what) {
    return "Java " + Runtime.version().feature() + " " + what;
  }

  private record FieldName(String owner, String name) {}
}
