package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.contract.Diagnostics;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the calls that concern one generation, in every class of an application that is loaded
 * in a module or below one. Calls by reflection are not found. Thread-safe.
 */
final class CallRewriting implements ClassFileTransformer {

  private final AtomicBoolean said = new AtomicBoolean();

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    try {
      return inClassOf(loader, bytes);
    } catch (Throwable failure) {
      // The JVM would swallow it.
      if (said.compareAndSet(false, true)) {
        Diagnostics.say(
            "calls that are led to the agent were not rewritten in "
                + className
                + ", nor perhaps in other classes: "
                + Diagnostics.reason(failure));
      }
      return null;
    }
  }

  /** Returns the rewritten class, or null if the class of this loader keeps its calls. */
  static byte @Nullable [] inClassOf(@Nullable ClassLoader loader, byte[] bytes) {
    if (loader == null || !GenerationLoader.isApplications(loader)) {
      return null;
    }
    ClassReader reader = new ClassReader(bytes);
    return CalledMethods.of(reader) && CallsClass.isVisibleTo(loader)
        ? RewritingClass.of(reader)
        : null;
  }

  /** Returns the class with its calls rewritten, or null if it has none. */
  static byte @Nullable [] rewritten(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    return CalledMethods.of(reader) ? RewritingClass.of(reader) : null;
  }
}
