package dev.fastdeploy.agent.listening;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets the JDK's and Netty's listening sockets tell when they bind. The classes are redefined, by
 * other names for what they call; no transformer stays, so no other class of the service is looked
 * at, and the change outlives what other agents do to these classes.
 *
 * <p>Not a boot class path: it would limit class-data archives to boot classes, and make the JVM
 * warn of it.
 */
final class ListeningHooks {

  private static final String PATTERNS = "dev/fastdeploy/agent/listening/hook/";
  private static final String NEIGHBOUR = "dev.fastdeploy.agent.listening.Neighbour";

  private static final String NET = "sun/nio/ch/Net";
  private static final String LISTENING = "sun/nio/ch/FastdeployListening";
  private static final String[] NET_METHODS = {
    "bind(Ljava/net/ProtocolFamily;Ljava/io/FileDescriptor;Ljava/net/InetAddress;I)V",
    "bind(Ljava/io/FileDescriptor;Ljava/net/InetAddress;I)V",
    "listen(Ljava/io/FileDescriptor;I)V"
  };

  /** The classes of the JDK that listen: channels, server sockets, asynchronous channels. */
  private static final String[] LISTENERS = {
    "sun.nio.ch.ServerSocketChannelImpl",
    "sun.nio.ch.NioSocketImpl",
    "sun.nio.ch.AsynchronousServerSocketChannelImpl"
  };

  private static final String LIBRARIES = "java/lang/FastdeployLibraries";
  private static final String LIBRARY = "jdk/internal/loader/NativeLibrary";
  private static final String[] LOAD_METHODS = {
    "loadLibrary(Ljava/lang/Class;Ljava/io/File;)L" + LIBRARY + ";",
    "loadLibrary(Ljava/lang/Class;Ljava/lang/String;)L" + LIBRARY + ";"
  };

  private static final String NETTY = "io.netty.";
  private static final String UNIX = "io/netty/channel/unix/";
  private static final String[] SOCKET_METHODS = {"bind(IZ[BII)I", "listen(II)I"};

  private final Instrumentation instrumentation;
  private final BiFunction<String, Object[], @Nullable Object> receiver;
  private final Method define;

  private ListeningHooks(
      Instrumentation instrumentation,
      BiFunction<String, Object[], @Nullable Object> receiver,
      Method define) {
    this.instrumentation = instrumentation;
    this.receiver = receiver;
    this.define = define;
  }

  /**
   * Changes the classes of the JDK. Those of Netty follow when they are loaded.
   *
   * @param receiver gets {@code bind}, {@code listen}, {@code refused} and {@code library}
   * @return the way to the native library
   * @throws Exception if this JVM does not allow it; then nothing was changed
   */
  static BiFunction<String, Object[], @Nullable Object> install(
      Instrumentation instrumentation, BiFunction<String, Object[], @Nullable Object> receiver)
      throws Exception {
    Class<?> opener = new OwnModule().open();
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("sun.nio.ch", Set.of(opener.getModule()), "java.lang", Set.of(opener.getModule())),
        Set.of(),
        Map.of());
    return new ListeningHooks(
            instrumentation, receiver, opener.getMethod("define", Class.class, byte[].class))
        .changeJdk();
  }

  /** A class loader with one class, for the module that it has to itself. */
  private static final class OwnModule extends ClassLoader {

    OwnModule() {
      super("fastdeploy-opener", null);
    }

    Class<?> open() throws IOException {
      byte[] file = OwnClasses.file(NEIGHBOUR.replace('.', '/'));
      return defineClass(NEIGHBOUR, file, 0, file.length);
    }
  }

  private BiFunction<String, Object[], @Nullable Object> changeJdk() throws Exception {
    ClassDefinition[] changed = new ClassDefinition[LISTENERS.length + 1];
    for (int i = 0; i < LISTENERS.length; i++) {
      changed[i] =
          redirected(Class.forName(LISTENERS[i], false, null), NET, NET_METHODS, LISTENING);
    }
    changed[LISTENERS.length] =
        redirected(Runtime.class, "java/lang/ClassLoader", LOAD_METHODS, LIBRARIES);
    BiFunction<String, Object[], @Nullable Object> hook =
        defined(
            changed[0].getDefinitionClass(),
            "ListeningHook",
            LISTENING,
            "Net",
            NET,
            "IOUtil",
            "sun/nio/ch/IOUtil");
    BiFunction<String, Object[], @Nullable Object> unused =
        defined(
            Runtime.class,
            "LibraryHook",
            LIBRARIES,
            "Libraries",
            "java/lang/ClassLoader",
            "NativeLibrary",
            LIBRARY);
    instrumentation.redefineClasses(changed);
    return hook;
  }

  /**
   * Defines a hook.
   *
   * @param pattern the name of its pattern
   * @param name its own name
   * @param others pairs of what it calls, by the names of patterns and of real classes
   */
  @SuppressWarnings("unchecked")
  private BiFunction<String, Object[], @Nullable Object> defined(
      Class<?> beside, String pattern, String name, String... others) throws Exception {
    String[] names = new String[others.length + 2];
    names[0] = pattern;
    names[1] = name;
    System.arraycopy(others, 0, names, 2, others.length);
    byte[] file =
        ClassConstants.of(OwnClasses.file(PATTERNS.concat(pattern))).rename(PATTERNS, names);
    try {
      BiFunction<String, Object[], @Nullable Object> hook =
          (BiFunction<String, Object[], @Nullable Object>) define.invoke(null, beside, file);
      Object unused = hook.apply("connect", new Object[] {receiver});
      return hook;
    } catch (InvocationTargetException thrown) {
      throw new IOException(thrown.getCause());
    }
  }

  private static ClassDefinition redirected(
      Class<?> changed, String from, String[] methods, String to) throws IOException {
    String file = changed.getName().replace('.', '/').concat(".class");
    ClassLoader loader = changed.getClassLoader();
    try (InputStream in =
        loader == null
            ? changed.getModule().getResourceAsStream(file)
            : loader.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("the file of " + changed.getName() + " is not there");
      }
      // Each of them binds and listens, or loads in both ways.
      return new ClassDefinition(
          changed, ClassConstants.of(in.readAllBytes()).redirect(from, methods, 2, to));
    }
  }

  /**
   * Changes Netty's socket class, before its native library is loaded.
   *
   * @param from a class of Netty in the same loader, whose name may have a prefix if it was shaded
   * @param changed those that were changed before: Netty tries several names of its library
   * @return true if it was changed now
   */
  static boolean changeNetty(
      Instrumentation instrumentation,
      BiFunction<String, Object[], @Nullable Object> receiver,
      Class<?> from,
      Set<Class<?>> changed)
      throws Exception {
    String name = from.getName();
    int at = name.indexOf(NETTY);
    if (at < 0) {
      throw new IOException("'" + name + "' is not a class of Netty");
    }
    String prefix = name.substring(0, at).replace('.', '/');
    String unix = prefix + UNIX;
    Class<?> socket =
        Class.forName((unix + "Socket").replace('/', '.'), false, from.getClassLoader());
    synchronized (changed) {
      if (!changed.add(socket)) {
        return false;
      }
    }
    Class<?> opener = new OwnModule().open();
    if (socket.getModule().isNamed()) {
      instrumentation.redefineModule(
          socket.getModule(),
          Set.of(),
          Map.of(),
          Map.of(socket.getPackageName(), Set.of(opener.getModule())),
          Set.of(),
          Map.of());
    }
    String hook = unix + "FastdeployListening";
    ClassDefinition definition = redirected(socket, unix + "Socket", SOCKET_METHODS, hook);
    BiFunction<String, Object[], @Nullable Object> unused =
        new ListeningHooks(
                instrumentation, receiver, opener.getMethod("define", Class.class, byte[].class))
            .defined(socket, "NettyHook", hook, "Socket", unix + "Socket");
    instrumentation.redefineClasses(definition);
    return true;
  }
}
