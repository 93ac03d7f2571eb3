package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The libraries that {@code fastdeploy.jar} carries, opened by a class loader that sees the JDK and
 * nothing of the application. They are in two folders: what every instance needs, and what only a
 * command needs that lists a fleet by Redis or ECS. The second is unpacked on demand: for that, the
 * loader is a {@link java.util.concurrent.Callable}, a type that both sides know.
 */
public final class Payload {

  private final PayloadFolder instances;
  private final PayloadFolder fleets;

  /**
   * @param jar {@code fastdeploy.jar}
   */
  public Payload(Path jar) {
    this.instances = PayloadFolder.ofInstances(jar);
    this.fleets = PayloadFolder.ofFleets(jar);
  }

  /** Finds a directory, and may create it. */
  @FunctionalInterface
  public interface DirectoryFinder {

    /**
     * Returns the directory.
     *
     * @throws IOException if there is none
     */
    Path directory() throws IOException;
  }

  /**
   * Returns the place to unpack the payload when there is neither a home nor a directory for it:
   * one for all JVMs of this user, named by the user's number. If it is another user's, {@link
   * #open} refuses it. It is never below the working directory, which may be a release.
   *
   * @throws IOException if the user cannot be determined
   */
  public static Path temporaryDirectory() throws IOException {
    String user = Integer.toUnsignedString(CurrentUser.uid());
    Path given = Path.of(System.getProperty("java.io.tmpdir"));
    return (given.isAbsolute() ? given : Path.of("/tmp")).resolve("fastdeploy-payload-" + user);
  }

  /**
   * Opens the payload, and unpacks it if this version is not in the directory yet. Several
   * processes may do so at once.
   *
   * @param directory where unpacked payloads lie; created with mode 0700 if it is missing
   * @return the loader of the payload's classes
   * @throws IOException if it cannot be unpacked or read, or the directory is another user's
   */
  public ClassLoader open(Path directory) throws IOException {
    return open(directory, () -> directory);
  }

  /**
   * Opens the payload as {@link #open(Path)} does.
   *
   * @param forFleets where the libraries for fleets are unpacked; asked for when one is needed
   */
  public ClassLoader open(Path directory, DirectoryFinder forFleets) throws IOException {
    return new PayloadLoader(
        instances.unpackedIn(directory),
        instances.packages(),
        () -> fleets.unpackedIn(forFleets.directory()));
  }

  /**
   * Runs code of a payload: a class in it that is a {@link java.util.function.Function} from and to
   * JDK types. Meanwhile the context loader of the calling thread is the payload's.
   *
   * @throws ReflectiveOperationException if the payload has no such class
   */
  public static Object call(ClassLoader payload, String className, Map<String, Object> arguments)
      throws ReflectiveOperationException {
    Object function = payload.loadClass(className).getDeclaredConstructor().newInstance();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(payload);
    try {
      @SuppressWarnings("unchecked")
      java.util.function.Function<Map<String, Object>, Object> entry =
          (java.util.function.Function<Map<String, Object>, Object>) function;
      return entry.apply(arguments);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Removes from a home the payloads of other versions, left by an earlier image, and those of
   * commands.
   */
  public void removeOthers(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    String digest = instances.digest();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (!entry.endsWith(digest)) {
          DurableFiles.deleteTree(entry);
        }
      }
    }
  }
}
