package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Reads the sources of a fleet's members. */
public final class FleetSources {

  private static final String FORMS =
      "host:port,[ipv6]:port,unix:PATH, file:PATH, exec:COMMAND, k8s:NAMESPACE/SERVICE,"
          + " redis://HOST/KEY or ecs:CLUSTER/SERVICE";

  private FleetSources() {}

  /**
   * Reads a source. Nothing is asked yet.
   *
   * @return the source, which the caller closes
   * @throws IllegalArgumentException if it is not understood, with a message for the user
   */
  public static FleetSource parse(String text) {
    return parse(text, SourceSettings.ofThisProcess());
  }

  /**
   * Returns whether a source's name is the whole text, without a secret or a long part left out.
   */
  public static boolean isWhole(String name) {
    return SourceName.isWhole(name);
  }

  static FleetSource parse(String text, SourceSettings settings) {
    String stripped = text.strip();
    return new BoundedSource(
        SourceName.of(stripped), origin(stripped, settings), settings.patience());
  }

  private static Origin origin(String text, SourceSettings settings) {
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1).strip();
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "file" -> new FileOrigin(file(text, rest), settings.settled());
      case "exec" -> exec(text, rest);
      case "k8s" -> understood(text, () -> kubernetes(rest, KubernetesOrigin.api(settings)));
      case "redis", "rediss" ->
          rest.startsWith("//")
              ? withLibraries(text, () -> RedisOrigin.of(text, settings.environment()))
              : list(text);
      case "ecs" -> withLibraries(text, () -> EcsTasks.of(rest));
      default -> list(text);
    };
  }

  private static Origin kubernetes(String text, KubernetesApi api) {
    return new KubernetesRollouts(KubernetesOrigin.of(text, api), text, api);
  }

  /** Returns an origin whose library is loaded only when such a source is named. */
  private static Origin withLibraries(String text, Supplier<Origin> origin) {
    try {
      FleetLibraries.require();
    } catch (IOException failure) {
      throw new IllegalArgumentException(
          "the source '"
              + SourceName.of(text)
              + "' needs libraries that cannot be unpacked: "
              + Diagnostics.reason(failure),
          failure);
    }
    return understood(text, origin);
  }

  /** Adds the source's name to an origin's message about the correct form. */
  private static Origin understood(String text, Supplier<Origin> origin) {
    try {
      return origin.get();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "the source '" + SourceName.of(text) + "' is not understood; " + wrong.getMessage(),
          wrong);
    }
  }

  private static Path file(String text, String path) {
    try {
      if (!path.isEmpty()) {
        return Path.of(path);
      }
    } catch (InvalidPathException malformed) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "the source '" + SourceName.of(text) + "' names no file; write file:PATH");
  }

  private static Origin exec(String text, String command) {
    if (command.isEmpty() || command.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the source '" + SourceName.of(text) + "' names no command; write exec:COMMAND");
    }
    return new ExecOrigin(command);
  }

  private static Origin list(String text) {
    MemberList members = new MemberList();
    String[] targets = text.split(",", -1);
    for (String target : targets) {
      try {
        members.add(target.strip(), "", "");
      } catch (IllegalArgumentException wrong) {
        String shown = SourceName.of(text);
        throw new IllegalArgumentException(
            targets.length == 1 && !text.startsWith("unix:")
                ? "the source '" + shown + "' is not understood; write " + FORMS
                : "the source '" + shown + "' is not understood: " + reason(wrong, target),
            wrong);
      }
    }
    SourceAnswer.Seen seen = new SourceAnswer.Seen(List.copyOf(members.members()), true);
    return deadline -> seen;
  }

  private static String reason(IllegalArgumentException wrong, String target) {
    return target.isBlank()
        ? "a target between commas or at an end is empty; write " + FORMS
        : SourceName.withoutSecrets(String.valueOf(wrong.getMessage()));
  }
}
