package dev.fastdeploy.launcher.fleet.source;

import static dev.fastdeploy.launcher.fleet.source.SliceJson.page;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.slice;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.sliceOf;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoints of a service, asked of an API server in each of the two ways. */
abstract class KubernetesSourceContract extends LiveSourceContract {

  private static final String PATH = "/apis/discovery.k8s.io/v1/namespaces/prod/endpointslices?";
  private static final String QUERY = "labelSelector=kubernetes.io%2Fservice-name%3Dshop&limit=500";
  static final String FIRST = PATH + QUERY + "&resourceVersion=0";
  static final String SECOND = PATH + "continue=two&" + QUERY;

  /** Tells of each request, at length. */
  private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    CHATTER.setLevel(Level.OFF);
  }

  @TempDir Path directory;
  static KubernetesMockServer server = new KubernetesMockServer(true);

  /** One for a class: it takes longer to start and to stop than a test to run. */
  @BeforeAll
  static void startServer() {
    server = new KubernetesMockServer(true);
    server.init();
  }

  @AfterAll
  static void stopServer() {
    server.destroy();
  }

  /** How the source gets to the server. */
  abstract SourceSettings settings(Duration patience) throws IOException;

  @Override
  FleetSource finding(Duration patience, String... addresses) throws IOException {
    has(addresses);
    return FleetSources.parse("k8s:prod/shop:control", settings(patience));
  }

  /** Two pages, whatever there is. */
  @Override
  void has(String... addresses) {
    int half = addresses.length / 2;
    answers(FIRST, 200, page("7", "two", sliceOf(Arrays.copyOfRange(addresses, 0, half))));
    also(
        SECOND, 200, page("7", "", sliceOf(Arrays.copyOfRange(addresses, half, addresses.length))));
  }

  @Override
  void hasNobody() {
    answers(FIRST, 200, page("7", ""));
  }

  @Override
  void breaksOff() {
    answers(FIRST, 200, page("7", "two", sliceOf(ONE)));
    also(SECOND, 500, status(500, "InternalError", "etcd is away"));
  }

  @Override
  void fails() {
    answers(FIRST, 403, status(403, "Forbidden", "not for you"));
  }

  @Override
  String isWrong() {
    answers(
        FIRST,
        200,
        page("7", "", slice("FQDN", List.of(SliceJson.CONTROL), SliceJson.ready("a", "ho st"))));
    return "the target 'ho st:7400' is not understood";
  }

  @Override
  void hangs() {
    server.clearExpectations();
    server
        .expect()
        .get()
        .delay(20, TimeUnit.SECONDS)
        .withPath(FIRST)
        .andReturn(200, page("7", ""))
        .always();
  }

  void answers(String path, int status, String body) {
    server.clearExpectations();
    also(path, status, body);
  }

  void also(String path, int status, String body) {
    server.expect().get().withPath(path).andReturn(status, body).always();
  }

  /** The certificate that the server shows. */
  final Path authority() throws IOException {
    return Files.copy(
        Path.of(server.getSelfSignedCertificate().certificatePath()), directory.resolve("ca.crt"));
  }

  @Test
  void aListThatExpiredIsReadAnew() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    server.clearExpectations();
    server.expect().get().withPath(FIRST).andReturn(200, page("7", "two", sliceOf(ONE))).times(1);
    server
        .expect()
        .get()
        .withPath(SECOND)
        .andReturn(410, status(410, "Expired", "The provided continue parameter is too old"))
        .times(1);
    also(FIRST, 200, page("8", "", sliceOf(TWO)));

    assertThat(addresses(source.ask())).containsExactly(TWO);
  }

  @Test
  void whatKubernetesRollsOutIsToldBeforeADeploy() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    also(
        "/api/v1/namespaces/prod/services/shop",
        200,
        "{\"spec\":{\"selector\":{\"app\":\"shop\"}}}");
    also(
        "/apis/apps/v1/namespaces/prod/deployments?limit=500",
        200,
        "{\"kind\":\"DeploymentList\",\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"web\"},"
            + "\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"app\":\"shop\"}}}},"
            + "\"status\":{\"replicas\":3,\"updatedReplicas\":1}}]}");
    also(
        "/apis/apps/v1/namespaces/prod/daemonsets?limit=500",
        200,
        "{\"metadata\":{},\"items\":[]}");

    assertThat(seen(source.askBeforeDeploy()).rollout())
        .isEqualTo("Kubernetes is rolling out the Deployment 'prod/web'");
  }

  @ParameterizedTest
  @CsvSource({"403, Forbidden, true", "404, NotFound, true", "500, InternalError, false"})
  void whatIsWithheldIsNotRolledOutAndWhatIsBrokenIsNotKnown(
      int status, String reason, boolean isTold) throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    also("/api/v1/namespaces/prod/services/shop", status, status(status, reason, "not now"));

    if (isTold) {
      assertThat(seen(source.askBeforeDeploy()).rollout()).isEmpty();
    } else {
      assertThat(why(source.askBeforeDeploy())).contains("not now");
    }
  }

  @Test
  void theServersReasonIsTold() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    fails();

    assertThat(why(source.ask())).contains("not for you");
  }
}
