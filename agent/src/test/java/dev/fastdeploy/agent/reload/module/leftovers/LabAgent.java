package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.instrument.Instrumentation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the instrumentation of a JVM that a test started. */
public final class LabAgent {

  private static @Nullable Instrumentation instrumentation;

  private LabAgent() {}

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }

  static Instrumentation instrumentation() {
    return Objects.requireNonNull(instrumentation, "not started with the agent");
  }
}
