package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Text;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Warns of variables that look like settings but are not: a misspelt one would be silently ignored,
 * and the service would run with the default.
 */
public final class UnknownVariables {

  /**
   * The variables that fastdeploy itself sets: an outer launcher for this one, or the entrypoint.
   * {@code JAR} is where the entrypoint finds {@code fastdeploy.jar}.
   */
  private static final Set<String> OURS =
      Set.of(
          ProcessContract.VARIABLE_PREFIX + "JAR",
          ProcessContract.CHANNEL,
          ProcessContract.COMMIT,
          ProcessContract.RELEASE,
          ProcessContract.HOME,
          ProcessContract.ATTEMPT,
          ProcessContract.LISTENERS,
          ProcessContract.CLASS_ARCHIVE,
          ProcessContract.TRAINING,
          ProcessContract.MARK);

  /** The variables that an outer launcher sets for its task. */
  private static final String ECS = ProcessContract.VARIABLE_PREFIX + "ECS_";

  /** The variables that Kubernetes sets for a Service whose name begins with fastdeploy. */
  private static final String SERVICE_LINK =
      ".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)";

  private static final int LONGEST_NAME = 80;
  private static final int MOST_SHOWN = 5;

  /** Two slips, or two swapped letters. */
  private static final int NEAR = 2;

  private UnknownVariables() {}

  /** Returns a warning about the unknown variables among these; empty if all are known. */
  public static Optional<String> warning(Collection<String> names) {
    Set<String> settings = settings();
    List<String> unknown =
        names.stream()
            .filter(name -> name.startsWith(ProcessContract.VARIABLE_PREFIX))
            .filter(name -> !settings.contains(name) && !OURS.contains(name))
            .filter(name -> !name.startsWith(ECS))
            .filter(name -> !name.matches(SERVICE_LINK))
            .sorted()
            .toList();
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    List<String> shown =
        unknown.stream().limit(MOST_SHOWN).map(name -> shown(name, settings)).toList();
    int more = unknown.size() - shown.size();
    return Optional.of(
        (unknown.size() == 1 ? "the variable " : "the variables ")
            + String.join(", ", shown)
            + (more > 0 ? " and " + more + " more" : "")
            + (unknown.size() == 1
                ? " is not a setting and changes nothing"
                : " are not settings and change nothing")
            + "; see docs/configuration.md");
  }

  /** Returns everything that a user may mean. */
  private static Set<String> settings() {
    Set<String> settings = new TreeSet<>(InjectedOptions.keptNames());
    for (Setting setting : Setting.values()) {
      settings.add(setting.variable());
    }
    return settings;
  }

  private static String shown(String name, Set<String> settings) {
    String meant =
        settings.stream()
            .filter(candidate -> distance(name, candidate) <= NEAR)
            .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
            .map(candidate -> " (" + candidate + "?)")
            .orElse("");
    return Text.shortened(name, LONGEST_NAME) + meant;
  }

  /** Returns Levenshtein's distance: the number of letters to add, drop or change. */
  private static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > NEAR) {
      return Integer.MAX_VALUE;
    }
    int[] above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + changed, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[other.length()];
  }
}
