package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.List;

/**
 * Registries that the JDK fills once in the life of a JVM, from the context class loader. The next
 * generation has another loader, so they must be filled again.
 */
final class FilledRegistries implements Saved {

  private static final String DRIVERS = "java.sql.DriverManager";
  private static final String FILLED = "driversInitialized";

  /** The keys by which the desktop's classes keep their registries. */
  private static final List<String> KEYS =
      List.of(
          "javax.imageio.spi.IIORegistry",
          "javax.print.PrintServiceLookup$Services",
          "javax.print.StreamPrintServiceFactory$Services");

  private final JdkInternals jdk;

  FilledRegistries(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "registries";
  }

  @Override
  public void restore(OldGeneration old) throws InaccessibleException {
    if (jdk.initialised(DRIVERS) && jdk.has(DRIVERS, FILLED)) {
      jdk.write(DRIVERS, null, FILLED, false);
    }
    for (Object context : AwtContexts.contexts(jdk)) {
      for (String key : KEYS) {
        if (jdk.initialised(key)) {
          AwtContexts.remove(jdk, context, jdk.type(key));
        }
      }
    }
  }
}
