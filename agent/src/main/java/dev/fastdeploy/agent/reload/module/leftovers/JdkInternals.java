package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Access to the JDK's internals, by name. Their location differs from version to version: if
 * something is not found, an {@link InaccessibleException} says so. No access loads or initialises
 * a class of the application, unless a method says otherwise. Thread-safe.
 *
 * <p>It also works in {@code premain}, on the main thread. There it concatenates no strings with
 * the operator and hashes no records, each of which costs milliseconds the first time in a JVM.
 *
 * <p>Everything is reached by name, even what is public: a direct reference to {@code
 * java.util.logging} would be redirected in the payload, and a module may be missing.
 */
public final class JdkInternals {

  private final Instrumentation instrumentation;
  private final Map<String, Field> fields = new ConcurrentHashMap<>();
  private final Map<String, Method> methods = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> initialised = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, Class<?>> loaded;

  private JdkInternals(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Gives access to the JDK of this JVM. A package is opened, only to this class's own module, when
   * something in it is first looked at, so this costs nothing and initialises nothing.
   */
  public static JdkInternals open(Instrumentation instrumentation) {
    return new JdkInternals(instrumentation);
  }

  Instrumentation instrumentation() {
    return instrumentation;
  }

  /** Returns a class of the JDK, initialised or not, or empty if this JVM does not have it. */
  Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    }
  }

  /** Forgets which classes are loaded, since more may be by now. */
  void lookAnew() {
    loaded = null;
  }

  /**
   * Returns true if a class of the JDK is loaded and its static state exists. The loaded classes
   * are looked up once, until {@link #lookAnew}: loading a class just to ask would take longer.
   */
  boolean initialised(String name) throws InaccessibleException {
    if (initialised.containsKey(name)) {
      return true;
    }
    Class<?> type = loaded().get(name);
    if (type == null) {
      return false;
    }
    String unsafe = "jdk.internal.misc.Unsafe";
    Object instance = call(unsafe, null, "getUnsafe", List.of());
    if (Boolean.TRUE.equals(
        call(unsafe, instance, "shouldBeInitialized", List.of(Class.class), type))) {
      return false;
    }
    initialised.put(name, type);
    return true;
  }

  private Map<String, Class<?>> loaded() {
    Map<String, Class<?>> known = loaded;
    if (known == null) {
      known = new HashMap<>();
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        ClassLoader loader = type.getClassLoader();
        // The JDK makes hidden classes for calls that an application repeats. They would hold it.
        if (!type.isHidden()
            && (loader == null || loader == ClassLoader.getPlatformClassLoader())) {
          known.put(type.getName(), type);
        }
      }
      loaded = known;
    }
    return known;
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
   * Returns the value of a field.
   *
   * @param owner the class that declares it
   */
  @Nullable Object read(String owner, Object target, String field) throws InaccessibleException {
    return valueOf(field(owner, field), target);
  }

  /** Returns the value of a field that is never null. */
  Object readPresent(String owner, Object target, String field) throws InaccessibleException {
    Object value = read(owner, target, field);
    if (value == null) {
      throw new InaccessibleException(owner + "." + field + " holds nothing");
    }
    return value;
  }

  /**
   * Returns the value of a static field. Initialises the class: call {@link #initialised} first.
   */
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
   * @param target null for a static method, whose class is then initialised
   */
  @Nullable Object call(
      String owner, @Nullable Object target, String name, List<Class<?>> types, Object... arguments)
      throws InaccessibleException {
    try {
      return method(owner, name, types).invoke(target, arguments);
    } catch (NoSuchMethodException absent) {
      throw new InaccessibleException(inThisJava("has no " + owner + "." + name));
    } catch (IllegalAccessException refused) {
      throw new InaccessibleException(owner + "." + name + " cannot be called: " + refused);
    } catch (InvocationTargetException failure) {
      throw new InaccessibleException(owner + "." + name + " failed: " + failure.getCause());
    }
  }

  private Method method(String owner, String name, List<Class<?>> types)
      throws InaccessibleException, NoSuchMethodException {
    String key = owner.concat(".").concat(name).concat(types.toString());
    Method method = methods.get(key);
    if (method == null) {
      method = type(owner).getDeclaredMethod(name, types.toArray(Class<?>[]::new));
      requireAccess(method);
      methods.put(key, method);
    }
    return method;
  }

  /** Creates an instance of a class of the JDK with the constructor without parameters. */
  Object create(String name) throws InaccessibleException {
    try {
      Constructor<?> constructor = type(name).getDeclaredConstructor();
      requireAccess(constructor);
      return constructor.newInstance();
    } catch (ReflectiveOperationException failure) {
      throw new InaccessibleException(name + " cannot be created: " + failure);
    }
  }

  /** Returns a class of the JDK without initialising it. */
  Class<?> type(String name) throws InaccessibleException {
    return find(name)
        .orElseThrow(() -> new InaccessibleException(inThisJava("has no class " + name)));
  }

  /**
   * Returns the fields that a class itself declares, not yet accessible, including those that
   * reflection hides: for class loaders it hides all.
   */
  Field[] declaredFields(Class<?> type) throws InaccessibleException {
    Object declared =
        call("java.lang.Class", type, "getDeclaredFields0", List.of(boolean.class), false);
    return declared instanceof Field[] found ? found : new Field[0];
  }

  private Field field(String owner, String name) throws InaccessibleException {
    String key = owner.concat(".").concat(name);
    Field known = fields.get(key);
    if (known != null) {
      return known;
    }
    for (Field each : declaredFields(type(owner))) {
      if (each.getName().equals(name)) {
        requireAccess(each);
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

  /**
   * Makes a member of the JDK accessible. Returns false if it is not the JDK's, or cannot be
   * opened.
   */
  <T extends AccessibleObject & Member> boolean access(T member) {
    if (member.trySetAccessible()) {
      return true;
    }
    Class<?> declaring = member.getDeclaringClass();
    Module module = declaring.getModule();
    if (module.getLayer() != ModuleLayer.boot() || !instrumentation.isModifiableModule(module)) {
      return false;
    }
    Map<String, Set<Module>> opened =
        Map.of(declaring.getPackageName(), Set.of(JdkInternals.class.getModule()));
    instrumentation.redefineModule(module, Set.of(), Map.of(), opened, Set.of(), Map.of());
    return member.trySetAccessible();
  }

  private <T extends AccessibleObject & Member> void requireAccess(T member)
      throws InaccessibleException {
    if (!access(member)) {
      throw new InaccessibleException(
          member.getDeclaringClass().getName() + "." + member.getName() + " cannot be opened");
    }
  }

  private static String inThisJava(String what) {
    return "Java " + Runtime.version().feature() + " " + what;
  }
}
