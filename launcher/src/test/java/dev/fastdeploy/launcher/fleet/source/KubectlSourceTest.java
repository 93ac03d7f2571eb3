package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.launcher.fleet.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the real {@code kubectl}. */
class KubectlSourceTest extends KubernetesSourceContract {

  @BeforeEach
  void needsKubectl() {
    assumeTrue(Programs.has("kubectl"), "there is no kubectl in PATH");
  }

  @Override
  SourceSettings settings(Duration patience) throws IOException {
    Path configuration =
        Files.writeString(
            directory.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: c
              cluster: {server: "https://localhost:%d", certificate-authority: %s}
            users: [{name: u, user: {token: secret-token}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """
                .formatted(server.getPort(), authority()));
    return new SourceSettings(
        Map.of(
            "KUBECONFIG", configuration.toString(),
            "HOME", directory.toString(),
            // Who runs this in a pod has the variable, too.
            "KUBERNETES_SERVICE_HOST", "10.96.0.1"),
        patience,
        FileOrigin.SETTLED,
        directory);
  }

  @Test
  void theLoginIsKubectls() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    source.ask();

    assertThat(server.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer secret-token");
  }

  @Test
  void aConfigurationThatIsDamagedIsToldOf() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    Files.writeString(directory.resolve("config"), "{");

    assertThat(why(source.ask())).startsWith("kubectl get --raw ended with 1: error");
  }
}
