package dev.fastdeploy.contract;

import java.util.Optional;

/** A module of the JDK that a runtime made by {@code jlink}, or a module path, may leave out. */
public final class JdkModule {

  private JdkModule() {}

  /**
   * Returns a line for the user if this JVM runs without a module; empty if the module is there.
   *
   * @param needing what cannot be done without it, as the beginning of a sentence
   * @param name the module's name
   */
  public static Optional<String> missing(String needing, String name) {
    return ModuleLayer.boot().findModule(name).isPresent()
        ? Optional.empty()
        : Optional.of(
            needing
                + " needs the module "
                + name
                + ", which this JVM does not have; add it to --add-modules of jlink, or of java");
  }
}
