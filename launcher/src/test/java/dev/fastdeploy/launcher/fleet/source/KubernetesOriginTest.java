package dev.fastdeploy.launcher.fleet.source;

import static dev.fastdeploy.launcher.fleet.source.SliceJson.CONTROL;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.HTTP;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.endpoint;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.page;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.ready;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.slice;
import static dev.fastdeploy.launcher.fleet.source.SliceJson.sliceOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a cluster's answers. */
class KubernetesOriginTest {

  private static final String PATH = "/apis/discovery.k8s.io/v1/namespaces/prod/endpointslices?";
  private static final String QUERY = "labelSelector=kubernetes.io%2Fservice-name%3Dshop&limit=500";

  private final List<String> asked = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();

  /** Gives what was prepared; nothing stands for a list that has expired. */
  private String answer(String path) throws IOException {
    asked.add(path);
    String answer = answers.removeFirst();
    if (answer.isEmpty()) {
      throw new KubernetesApi.ExpiredException();
    }
    return answer;
  }

  private SourceAnswer.Seen list(String service) throws Exception {
    return KubernetesOrigin.of(service, (path, deadline) -> answer(path))
        .list(AnswerDeadline.in(Duration.ofSeconds(60)));
  }

  private List<String> addresses(String service) throws Exception {
    return list(service).members().stream().map(Member::address).toList();
  }

  @Test
  void aPodIsTheMember() throws Exception {
    answers.add(page("7", "", sliceOf("10.0.0.1:7400")));

    assertThat(list("prod/shop"))
        .isEqualTo(
            new SourceAnswer.Seen(
                List.of(
                    new Member(new MemberId("pod-10-0-0-1/pod-10-0"), "10.0.0.1:7400", "eu-1a")),
                true));
    assertThat(asked).containsExactly(PATH + QUERY + "&resourceVersion=0");
  }

  @Test
  void pagesAreReadToTheLast() throws Exception {
    answers.add(page("7", "a+b/=", sliceOf("10.0.0.1:7400")));
    answers.add(page("7", "c", sliceOf()));
    answers.add(page("7", "", sliceOf("10.0.0.2:7400")));

    assertThat(addresses("prod/shop")).containsExactly("10.0.0.1:7400", "10.0.0.2:7400");
    assertThat(asked)
        .containsExactly(
            PATH + QUERY + "&resourceVersion=0",
            PATH + "continue=a%2Bb%2F%3D&" + QUERY,
            PATH + "continue=c&" + QUERY);
  }

  @Test
  void aListThatExpiredIsReadAnew() throws Exception {
    answers.add(page("7", "a", sliceOf("10.0.0.1:7400")));
    answers.add("");
    answers.add(page("8", "", sliceOf("10.0.0.2:7400")));

    assertThat(addresses("prod/shop")).containsExactly("10.0.0.2:7400");
  }

  @Test
  void aListThatAlwaysExpiresIsGivenUp() {
    answers.addAll(List.of("", "", ""));

    assertThatThrownBy(() -> list("prod/shop"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expired while it was being read");
  }

  @Test
  void pagesWithoutEndAreRefused() {
    answers.add(page("7", "a", sliceOf("10.0.0.1:7400")));
    answers.add(page("7", "a", sliceOf("10.0.0.1:7400")));

    assertThatThrownBy(() -> list("prod/shop")).hasMessageContaining("the same page");
  }

  /** Two servers behind one address: the other may be behind. */
  @Test
  void anAnswerThatIsOlderThanTheLastIsNotTheWhole() throws Exception {
    KubernetesOrigin origin = KubernetesOrigin.of("prod/shop", (path, deadline) -> answer(path));
    List<Boolean> complete = new ArrayList<>();
    for (String version : List.of("99", "100", "100", "98", "101", "unheard-of")) {
      answers.add(page(version, "", sliceOf("10.0.0.1:7400")));
      complete.add(origin.list(AnswerDeadline.in(Duration.ofSeconds(60))).complete());
    }

    assertThat(complete).containsExactly(true, true, true, false, true, true);
  }

  @Test
  void whoIsNotReadyIsAMemberAndWhoTerminatesIsNone() throws Exception {
    answers.add(
        page(
            "7",
            "",
            slice(
                "IPv4",
                List.of(CONTROL),
                endpoint("a", "10.0.0.1", "\"ready\":false,\"serving\":false"),
                endpoint("b", "10.0.0.2", "\"ready\":false,\"serving\":true,\"terminating\":true"),
                endpoint("c", "10.0.0.3", ""))));

    assertThat(addresses("prod/shop")).containsExactly("10.0.0.1:7400", "10.0.0.3:7400");
  }

  @Test
  void aPodInTwoSlicesIsOneMember() throws Exception {
    answers.add(
        page(
            "7",
            "",
            slice("IPv6", List.of(CONTROL), ready("a", "2001:db8::1"), ready("c", "2001:db8::3")),
            slice("IPv4", List.of(CONTROL), ready("a", "10.0.0.1"), ready("b", "10.0.0.2")),
            slice(
                "IPv4",
                List.of(CONTROL),
                ready("a", "10.0.0.1"),
                endpoint("b", "10.0.0.2", "\"terminating\":true"))));

    assertThat(addresses("prod/shop")).containsExactly("10.0.0.1:7400", "[2001:db8::3]:7400");
  }

  @Test
  void anEndpointWithoutAPodIsItsAddress() throws Exception {
    answers.add(page("7", "", slice("IPv4", List.of(CONTROL), "{\"addresses\":[\"10.0.0.9\"]}")));

    assertThat(list("prod/shop").members())
        .containsExactly(new Member(new MemberId("10.0.0.9:7400"), "10.0.0.9:7400", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "prod/shop, 7400",
    "prod/shop:control, 7400",
    "prod/shop:http, 8080",
    "prod/shop:9000, 9000"
  })
  void aPortIsNamedOrKnown(String service, int port) throws Exception {
    answers.add(page("7", "", slice("IPv4", List.of(HTTP, CONTROL), ready("a", "10.0.0.1"))));

    assertThat(addresses(service)).containsExactly("10.0.0.1:" + port);
  }

  @Test
  void theOnlyPortNeedsNoName() throws Exception {
    answers.add(page("7", "", slice("IPv4", List.of("{\"port\":1234}"), ready("a", "10.0.0.1"))));

    assertThat(addresses("prod/shop")).containsExactly("10.0.0.1:1234");
  }

  @Test
  void aPortThatIsNotThereIsNamed() {
    String other = HTTP.replace("http", "grpc");
    answers.add(page("7", "", slice("IPv4", List.of(HTTP, other), ready("a", "10.0.0.1"))));
    assertThatThrownBy(() -> list("prod/shop"))
        .hasMessage(
            "the service 'prod/shop' has no port 'fastdeploy' or 'control' but [http, grpc];"
                + " name one with k8s:prod/shop:PORT");

    answers.add(page("7", "", slice("IPv4", List.of(), ready("a", "10.0.0.1"))));
    assertThatThrownBy(() -> list("prod/shop:admin"))
        .hasMessage(
            "the service 'prod/shop' has no port 'admin' but none; name one with"
                + " k8s:prod/shop:PORT");
  }

  @Test
  void nobodyIsSaidToBeThere() {
    answers.add(page("7", ""));
    assertThatThrownBy(() -> list("prod/shop"))
        .hasMessageStartingWith("there is no EndpointSlice of the service 'prod/shop'; check");

    answers.add(page("7", "", slice("IPv4", List.of(CONTROL))));
    assertThatThrownBy(() -> list("prod/shop"))
        .hasMessage("the service 'prod/shop' has no endpoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"EndpointSliceList\",\"metadata\":{},\"items\":[{\"metadata\":",
        "[]",
        "<html>",
        "{\"kind\":\"Status\"}",
        "{\"kind\":\"EndpointSliceList\",\"items\":{}}"
      })
  void whatIsNoPageIsRefused(String answer) {
    answers.add(answer);

    assertThatThrownBy(() -> list("prod/shop"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the API server's answer ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k8s:",
        "k8s:shop",
        "k8s:prod/",
        "k8s:prod/shop/x",
        "k8s:Prod/shop",
        "k8s:prod/shop:0",
        "k8s:prod/shop:65536",
        "k8s:prod/shop:",
        "k8s:../shop"
      })
  void whatIsNoServiceIsRefused(String text) {
    assertThatThrownBy(() -> FleetSources.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the source '" + text + "' is not understood; write k8s:NAMESPACE/SERVICE");
  }

  @Test
  void aPodUsesItsServiceAccountUnlessAConfigurationIsNamed(@TempDir Path account)
      throws IOException {
    Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1");
    assertThat(KubernetesOrigin.api(settings(pod, account))).isInstanceOf(Kubectl.class);

    Files.writeString(account.resolve("token"), "t");
    assertThat(KubernetesOrigin.api(settings(pod, account))).isInstanceOf(ServiceAccountApi.class);
    assertThat(KubernetesOrigin.api(settings(Map.of(), account))).isInstanceOf(Kubectl.class);
    assertThat(
            KubernetesOrigin.api(
                settings(
                    Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBECONFIG", "/x"), account)))
        .isInstanceOf(Kubectl.class);
  }

  private static SourceSettings settings(Map<String, String> environment, Path account) {
    return new SourceSettings(environment, Duration.ofSeconds(60), FileOrigin.SETTLED, account);
  }
}
