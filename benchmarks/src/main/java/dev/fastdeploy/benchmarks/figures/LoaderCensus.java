package dev.fastdeploy.benchmarks.figures;

import java.util.Collection;
import java.util.Set;

/**
 * The class loaders of a JVM that have not been collected.
 *
 * @param alive all of them, those left out that the JDK makes for one reflective call each
 * @param ofReleases those that hold a release's classes beside, or in place of, the JVM's own:
 *     JBoss Modules' and DevTools'
 */
public record LoaderCensus(int alive, int ofReleases) {

  /** Until JDK 17 one was made for each method that is often called by reflection. */
  private static final String REFLECTION = "jdk.internal.reflect.DelegatingClassLoader";

  private static final Set<String> OF_RELEASES =
      Set.of(
          "org.jboss.modules.ModuleClassLoader",
          "org.springframework.boot.devtools.restart.classloader.RestartClassLoader");

  /** Counts the lines that {@code jcmd PID VM.classloader_stats} prints. */
  static LoaderCensus read(Collection<String> lines) {
    int alive = 0;
    int ofReleases = 0;
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      // Loader, parent, data, classes, two sizes, type; the boot loader's type is three words.
      if (words.length >= 7 && words[0].startsWith("0x")) {
        String type = words[6];
        alive += type.equals(REFLECTION) ? 0 : 1;
        ofReleases += OF_RELEASES.contains(type) ? 1 : 0;
      }
    }
    return new LoaderCensus(alive, ofReleases);
  }
}
