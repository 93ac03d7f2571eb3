package dev.fastdeploy.contract;

import java.util.Optional;

/** A module of the JDK that a runtime made by {@code jlink}, or a module path, may leave out. */
public final class JdkModule {

  private JdkModule() {}

  /**
   * Whether this JVM runs without a module.
   *
   * @param needing what cannot be done without it, as the beginning of a sentence
   * @param name of the module
   * @return a line for the user; nothing if it is there
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
