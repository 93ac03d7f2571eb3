package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.launcher.fleet.program.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The way to a cluster from anywhere: {@code kubectl} knows each kind of login that clusters have.
 */
final class Kubectl implements KubernetesApi {

  private static final int LARGEST = 64 * 1024 * 1024;
  private static final Pattern EXPIRED =
      Pattern.compile("Error from server \\((Expired|Gone|ResourceExpired)\\).*");

  private static final Pattern WITHHELD =
      Pattern.compile("Error from server \\((Forbidden|NotFound)\\).*");

  private final Map<String, String> environment;

  /**
   * Uses the program on this process's path.
   *
   * @param environment variables to add to this process's
   */
  Kubectl(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String get(String path, AnswerDeadline deadline) throws IOException, InterruptedException {
    if (!Programs.has("kubectl")) {
      throw new IOException(
          "there is no kubectl in PATH; install it, or run fastdeploy in a pod of the cluster");
    }
    ProgramRun run =
        new ProgramRun("kubectl", List.of("kubectl", "get", "--raw", path), LARGEST, environment);
    ProgramRun.Printed printed = run.run(deadline);
    if (printed.status() == 0) {
      return StandardCharsets.UTF_8.decode(printed.output().duplicate()).toString();
    }
    if (EXPIRED.matcher(printed.error()).matches()) {
      throw new ExpiredException();
    }
    String message =
        "kubectl get --raw ended with "
            + printed.status()
            + (printed.error().isEmpty() ? "" : ": " + printed.error());
    throw WITHHELD.matcher(printed.error()).matches()
        ? new WithheldException(message)
        : new IOException(message);
  }
}
