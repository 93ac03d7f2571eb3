package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.instrument.Instrumentation;

/** The JDK's inside. */
public final class JdkInternals {

  private final Instrumentation instrumentation;

  private JdkInternals(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Opens what the steps look into to this class's own module. Initialises nothing. */
  public static JdkInternals open(Instrumentation instrumentation) {
    return new JdkInternals(instrumentation);
  }

  Instrumentation instrumentation() {
    return instrumentation;
  }
}
