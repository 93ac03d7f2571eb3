package dev.fastdeploy.contract;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads the payload's classes, and of the JVM's only the JDK's. The platform loader would give
 * more: it knows every package of every module in the boot layer, so an application on the module
 * path would put its Guava or Netty in place of the payload's.
 *
 * <p>Other classes of the boot loader are found last: another agent may have put there what it
 * calls from the code that it rewrites, and it rewrites ours too.
 *
 * <p>A class for which there is no memory is reported here. Netty and gRPC catch such an error,
 * need classes to log it, and lose it.
 */
final class PayloadLoader extends URLClassLoader implements Callable<Boolean>, Consumer<Runnable> {

  /** Libraries that have to be unpacked first. */
  interface Libraries {
    List<URL> unpacked() throws IOException;
  }

  static {
    ClassLoader.registerAsParallelCapable();
  }

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private static final URL[] NONE = {};

  private static final byte[] NO_MEMORY =
      Diagnostics.prepared(
          "there is no memory for a class of the agent; raise -XX:MaxMetaspaceSize or -Xmx");

  private final Set<String> jdkPackages = jdkPackages();
  private final List<URL> libraries;
  private final LibraryIndex index;
  private final boolean[] opened;
  private final Libraries forFleets;
  private final AtomicBoolean saidNoMemory = new AtomicBoolean();
  private volatile @Nullable Runnable withoutMemory;
  private boolean hasForFleets;

  /**
   * @param libraries the payload's jars; each is opened when something in it is needed
   * @param index tells what is in which of them
   * @param forFleets the libraries that are added on demand
   */
  PayloadLoader(List<URL> libraries, LibraryIndex index, Libraries forFleets) {
    super("fastdeploy", NONE, PLATFORM);
    this.libraries = List.copyOf(libraries);
    this.index = index;
    this.opened = new boolean[libraries.size()];
    this.forFleets = forFleets;
  }

  /** Adds the libraries that may hold a resource. */
  private void open(String resource) {
    for (int place : index.holding(resource)) {
      synchronized (opened) {
        if (!opened[place]) {
          addURL(libraries.get(place));
          opened[place] = true;
        }
      }
    }
  }

  /**
   * Adds the libraries that only fleets need. Callers that need one of their classes ask first, so
   * that loading a class never writes to a disk, and a failure to unpack is reported as what it is.
   *
   * @return true if they were not there before
   * @throws IOException if they cannot be unpacked
   */
  @Override
  public Boolean call() throws IOException {
    synchronized (forFleets) {
      if (hasForFleets) {
        return false;
      }
      for (URL library : forFleets.unpacked()) {
        addURL(library);
      }
      hasForFleets = true;
      return true;
    }
  }

  /**
   * Sets what runs, on the thread concerned, each time there is no memory for a class.
   *
   * @param reaction must need no class that is not loaded yet
   */
  @Override
  public void accept(Runnable reaction) {
    withoutMemory = reaction;
  }

  /**
   * Returns the packages of the modules that the JDK's two loaders define. The system loader's
   * belong to an application, even if jlink has put its modules into the runtime, or to tools of
   * the JDK.
   */
  private static Set<String> jdkPackages() {
    Set<String> packages = new HashSet<>(2048);
    for (Module module : ModuleLayer.boot().modules()) {
      ClassLoader loader = module.getClassLoader();
      if (loader == null || loader == PLATFORM) {
        packages.addAll(module.getPackages());
      }
    }
    return packages;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    try {
      return load(name, resolve);
    } catch (OutOfMemoryError noMemory) {
      tellOfNoMemory();
      throw noMemory;
    }
  }

  private void tellOfNoMemory() {
    if (saidNoMemory.compareAndSet(false, true)) {
      Diagnostics.sayPrepared(NO_MEMORY);
    }
    Runnable reaction = withoutMemory;
    if (reaction != null) {
      reaction.run();
    }
  }

  private Class<?> load(String name, boolean resolve) throws ClassNotFoundException {
    int end = name.lastIndexOf('.');
    if (end > 0 && jdkPackages.contains(name.substring(0, end))) {
      return PLATFORM.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = find(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notOurs) {
      return Class.forName(name, false, null);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    open(name.replace('.', '/'));
    return super.findClass(name);
  }

  @Override
  public @Nullable URL findResource(String name) {
    open(name);
    return super.findResource(name);
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    open(name);
    return super.findResources(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL ours = findResource(name);
    return ours == null ? PLATFORM.getResource(name) : ours;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = new ArrayList<>(Collections.list(findResources(name)));
    found.addAll(Collections.list(PLATFORM.getResources(name)));
    return Collections.enumeration(found);
  }
}
