package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.HelperJvm;
import dev.fastdeploy.contract.ProcessContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variables from which every JVM takes options. A platform sets them for the service, and they
 * would hit the launcher's own JVM first: a second collector stops it, a debug port is taken from
 * the service. So the documented entrypoint puts a prefix before their names, and the launcher
 * gives them to the service under their own names.
 */
public final class InjectedOptions {

  private static final List<String> NAMES = HelperJvm.OPTION_VARIABLES;

  private static final String LOCALE = "LC_ALL";

  private InjectedOptions() {}

  /** Returns true if a variable is one of them. */
  static boolean isOne(String name) {
    return NAMES.contains(name);
  }

  /** Returns the names under which values are kept for the service. */
  static Set<String> keptNames() {
    return Stream.concat(NAMES.stream(), Stream.of(LOCALE))
        .map(InjectedOptions::kept)
        .collect(Collectors.toSet());
  }

  /** Returns the service's options, by their own names: those kept for it, else the launcher's. */
  static Map<String, String> forTheService(Map<String, String> launcher) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String name : NAMES) {
      String kept = launcher.getOrDefault(kept(name), "");
      String value = kept.isEmpty() ? launcher.getOrDefault(name, "") : kept;
      if (!value.isEmpty()) {
        options.put(name, value);
      }
    }
    return options;
  }

  /** Removes them all from the environment of a JVM that also belongs to the launcher. */
  public static void keepFrom(Map<String, String> environment) {
    HelperJvm.keepOptionsFrom(environment);
    removeKept(environment);
  }

  /** Gives them the names under which a launcher gives them only to its service. */
  public static void keepForService(Map<String, String> environment) {
    for (String name : NAMES) {
      String value = environment.remove(name);
      if (value != null) {
        environment.putIfAbsent(kept(name), value);
      }
    }
  }

  /** Removes what was kept for the service from an environment that has it by its own name. */
  public static void removeKept(Map<String, String> environment) {
    NAMES.forEach(name -> environment.remove(kept(name)));
  }

  /**
   * Gives a process that is about to start the locale that the launcher was given. The documented
   * entrypoint makes the launcher read words in UTF-8, and keeps the original value for the
   * service.
   */
  public static void restoreLocale(Map<String, String> environment) {
    String locale = environment.remove(kept(LOCALE));
    if (locale != null && locale.isEmpty()) {
      environment.remove(LOCALE);
    } else if (locale != null) {
      environment.put(LOCALE, locale);
    }
  }

  /** Returns a warning if the launcher itself got the options; empty if it did not. */
  public static Optional<String> warning(Map<String, String> launcher) {
    List<String> hit =
        NAMES.stream().filter(name -> !launcher.getOrDefault(name, "").isEmpty()).toList();
    return hit.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(" and ", hit)
                + (hit.size() == 1 ? " has" : " have")
                + " hit the launcher's own JVM too, which may take memory or a port from the"
                + " service; start it with fastdeploy-entrypoint.sh, or name "
                + hit.stream().map(InjectedOptions::kept).collect(Collectors.joining(" and "))
                + " instead");
  }

  private static String kept(String name) {
    return ProcessContract.CHILD_PREFIX + name;
  }
}
