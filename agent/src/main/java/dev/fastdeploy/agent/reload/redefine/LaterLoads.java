package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.CodePlace;
import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives classes that are loaded after a reload the new release's code, since their loader still
 * finds the old file. Reads the new file from disk when it is needed and keeps nothing of it.
 * Thread-safe.
 */
final class LaterLoads implements ClassFileTransformer {

  private final ApplicationClasses application;
  private volatile Layers layers = Layers.NONE;
  private volatile @Nullable String problem;

  LaterLoads(ApplicationClasses application) {
    this.application = application;
  }

  Layers layers() {
    return layers;
  }

  /** Makes classes load as these layers say from now on. */
  void follow(Layers next) {
    problem = null;
    layers = next;
  }

  /**
   * Returns what went wrong with a class since the last call of {@link #follow}, or empty if
   * nothing did.
   */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    Layers now = layers;
    if (redefined != null || internalName == null || !now.names().contains(internalName)) {
      return null;
    }
    String className = Words.className(internalName);
    try {
      return codeOf(loader, className, domain, bytes, now);
    } catch (Throwable failure) {
      // If anything were thrown here, the JVM would silently go on with the old code.
      report(
          "class "
              + className
              + " was loaded as the release before has it: "
              + Diagnostics.reason(failure));
      return null;
    }
  }

  private byte @Nullable [] codeOf(
      @Nullable ClassLoader loader,
      String className,
      @Nullable ProtectionDomain domain,
      byte[] bytes,
      Layers now)
      throws IOException {
    Optional<CodePlace> place = CodePlace.of(domain);
    if (place.isEmpty()) {
      throw new IOException("its loader does not say where it lies");
    }
    Optional<Layers.Moved> moved = now.moved(className, place.get());
    if (moved.isEmpty()) {
      return null;
    }
    Path loaded = moved.get().loaded();
    ClassFile file = moved.get().file();
    if (Files.isDirectory(loaded)
        && !Arrays.equals(bytes, application.loaded(loader, file.read(loaded)))) {
      report(
          "class "
              + className
              + " has the new release's code without what its loader or another agent makes of it");
    }
    return application.loaded(loader, file.read(moved.get().code()));
  }

  private void report(String line) {
    problem = line;
    Diagnostics.say(line);
  }
}
