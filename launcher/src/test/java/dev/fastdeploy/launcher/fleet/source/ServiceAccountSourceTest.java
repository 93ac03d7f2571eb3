package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceAccountSourceTest extends KubernetesSourceContract {

  @Override
  SourceSettings settings(Duration patience) throws IOException {
    Files.writeString(directory.resolve("token"), "first\n");
    authority();
    return new SourceSettings(
        Map.of(
            "KUBERNETES_SERVICE_HOST",
            "localhost",
            "KUBERNETES_SERVICE_PORT",
            String.valueOf(server.getPort())),
        patience,
        FileOrigin.SETTLED,
        directory);
  }

  @Test
  void theTokenIsReadAtEachQuestion() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    source.ask();
    assertThat(server.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer first");
    Files.writeString(directory.resolve("token"), "second");
    source.ask();

    assertThat(server.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer second");
  }

  @Test
  void aServerOfAnotherAuthorityIsNotAsked() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    KubernetesMockServer other = new KubernetesMockServer(true);
    other.init();
    Files.copy(
        Path.of(other.getSelfSignedCertificate().certificatePath()),
        directory.resolve("ca.crt"),
        StandardCopyOption.REPLACE_EXISTING);
    other.destroy();

    int before = server.getRequestCount();
    assertThat(why(source.ask()))
        .startsWith("the API server at 'localhost:" + server.getPort() + "' cannot be asked: ");
    assertThat(server.getRequestCount()).isEqualTo(before);
  }

  @Test
  void aMissingOrDamagedAuthorityIsNamed() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    Files.writeString(directory.resolve("ca.crt"), "nothing");
    assertThat(why(source.ask())).contains("'" + directory.resolve("ca.crt") + "'");

    Files.delete(directory.resolve("ca.crt"));
    assertThat(why(source.ask()))
        .isEqualTo(
            "the service account's '" + directory.resolve("ca.crt") + "' cannot be read; mount it");
  }

  @Test
  void aRefusedTokenIsNamed() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    answers(FIRST, 401, SliceJson.status(401, "Unauthorized", "Unauthorized"));

    assertThat(why(source.ask()))
        .isEqualTo("the API server refused the token '" + directory.resolve("token") + "' (401)");
  }
}
