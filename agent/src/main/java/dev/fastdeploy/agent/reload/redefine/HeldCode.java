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
 * Compares the code that the JVM holds with a release's. There is one way to see it: have the
 * classes retransformed, and look at what is handed to a transformer that changes nothing. It is
 * asked after the transformers of the agents that were there at the first look, so it sees what
 * they make of a class; an agent that was attached later still works on what it has seen.
 */
final class HeldCode {

  private final Instrumentation instrumentation;
  private final ApplicationClasses application;

  HeldCode(Instrumentation instrumentation, ApplicationClasses application) {
    this.instrumentation = instrumentation;
    this.application = application;
  }

  /**
   * Makes sure that the JVM holds the bodies that a release has.
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
