package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the code that the JVM holds with a release's. The only way to see it is to have the
 * classes retransformed, with a transformer that looks at its input and changes nothing. It runs
 * after the transformers of the agents attached before its first use, so it sees their changes to a
 * class. The transformers of an agent attached later run after it, and their changes are not seen.
 */
final class HeldCode {

  private final Instrumentation instrumentation;
  private final ApplicationClasses application;

  HeldCode(Instrumentation instrumentation, ApplicationClasses application) {
    this.instrumentation = instrumentation;
    this.application = application;
  }

  /**
   * Requires that the JVM holds the bodies of a release.
   *
   * @throws ReloadDeclinedException if another body is found, or none can be seen
   */
  void require(Collection<LoadedClass> classes, Release release) throws ReloadDeclinedException {
    if (classes.isEmpty()) {
      return;
    }
    Map<Class<?>, byte[]> held = look(classes);
    for (LoadedClass loaded : classes) {
      byte @Nullable [] bytes = held.get(loaded.type());
      Optional<String> difference =
          bytes == null
              ? Optional.of("the JVM does not show its code")
              : difference(loaded, bytes, release);
      if (difference.isPresent()) {
        throw new ReloadDeclinedException(
            "class " + loaded.change().name() + ": " + difference.get());
      }
    }
  }

  private Map<Class<?>, byte[]> look(Collection<LoadedClass> classes)
      throws ReloadDeclinedException {
    Class<?>[] types = classes.stream().map(LoadedClass::type).toArray(Class<?>[]::new);
    Capture capture = new Capture();
    instrumentation.addTransformer(capture, true);
    try {
      instrumentation.retransformClasses(types);
    } catch (Exception | LinkageError | InternalError failure) {
      throw new ReloadDeclinedException(
          "the JVM does not show what code it holds: " + Diagnostics.reason(failure));
    } finally {
      instrumentation.removeTransformer(capture);
    }
    return capture.seen;
  }

  private Optional<String> difference(LoadedClass loaded, byte[] held, Release release) {
    try {
      byte[] file = loaded.change().file().read(release.directory());
      ClassOutline expected =
          ClassOutline.of(application.loaded(loaded.type().getClassLoader(), file));
      ClassOutline actual = ClassOutline.of(held);
      return expected.methods().entrySet().stream()
          .filter(method -> differs(method.getValue(), actual.methods().get(method.getKey())))
          .findFirst()
          .map(
              method ->
                  "the JVM holds another body of "
                      + method.getValue().text()
                      + " than the release "
                      + release.commit()
                      + " has: its loader or another agent changes the class");
    } catch (IOException | DifferenceException unreadable) {
      return Optional.of("it could not be compared: " + Diagnostics.reason(unreadable));
    }
  }

  private static boolean differs(MethodOutline expected, @Nullable MethodOutline actual) {
    return actual == null || !actual.body().equals(expected.body());
  }

  private static final class Capture implements ClassFileTransformer {

    private final Map<Class<?>, byte[]> seen = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] bytes) {
      if (redefined != null) {
        seen.put(redefined, bytes);
      }
      return null;
    }
  }
}
