package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a cluster's workloads. */
class KubernetesRolloutsTest {

  private static final String SERVICE = "/api/v1/namespaces/prod/services/shop";
  private static final String APPS = "/apis/apps/v1/namespaces/prod/";
  private static final String NOTHING = "{\"metadata\":{},\"items\":[]}";

  private final Map<String, String> answers =
      new HashMap<>(
          Map.of(
              SERVICE,
              "{\"spec\":{\"selector\":{\"app\":\"shop\",\"tier\":\"web\"}}}",
              APPS + "deployments?limit=500",
              NOTHING,
              APPS + "statefulsets?limit=500",
              NOTHING,
              APPS + "daemonsets?limit=500",
              NOTHING));
  private final List<String> asked = new ArrayList<>();
  private final KubernetesRollouts origin =
      new KubernetesRollouts(
          deadline ->
              new SourceAnswer.Seen(
                  List.of(new Member(new MemberId("m"), "10.0.0.1:7400", "")), true),
          "prod/shop:control",
          (path, deadline) -> answer(path));

  private String answer(String path) throws IOException {
    asked.add(path);
    String answer = answers.get(path);
    if (answer == null) {
      throw new KubernetesApi.WithheldException("forbidden");
    }
    if (answer.isEmpty()) {
      throw new IOException("the API server answered 500");
    }
    return answer;
  }

  private String rollout() throws Exception {
    return origin.listBeforeDeploy(AnswerDeadline.in(Duration.ofSeconds(60))).rollout();
  }

  private static String workload(String labels, String spec, String status) {
    return "{\"metadata\":{\"name\":\"shop-web\",\"generation\":4},\"spec\":{"
        + spec
        + "\"template\":{\"metadata\":{\"labels\":{"
        + labels
        + "}}}},\"status\":{"
        + (status.contains("observedGeneration") ? "" : "\"observedGeneration\":4,")
        + status
        + "}}";
  }

  private void has(String kind, String spec, String status) {
    answers.put(
        APPS + kind + "?limit=500",
        "{\"metadata\":{},\"items\":["
            + workload("\"app\":\"shop\",\"tier\":\"web\",\"version\":\"7\"", spec, status)
            + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "deployments|``|\"replicas\":4,\"updatedReplicas\":4|",
        "deployments|``|\"replicas\":4,\"updatedReplicas\":4,\"readyReplicas\":1|",
        "deployments|``|\"conditions\":[]|",
        "deployments|``|\"replicas\":4,\"updatedReplicas\":1|Deployment",
        "deployments|``|\"replicas\":4|Deployment",
        "deployments|``|\"replicas\":4,\"updatedReplicas\":4,\"observedGeneration\":3|Deployment",
        "statefulsets|``|\"replicas\":4,\"currentRevision\":\"a\",\"updateRevision\":\"a\"|",
        "statefulsets|``|\"replicas\":4,\"updatedReplicas\":1,\"currentRevision\":\"a\","
            + "\"updateRevision\":\"b\"|StatefulSet",
        "statefulsets|\"updateStrategy\":{\"type\":\"OnDelete\"},|\"replicas\":4,"
            + "\"currentRevision\":\"a\",\"updateRevision\":\"b\"|",
        "statefulsets|\"updateStrategy\":{\"rollingUpdate\":{\"partition\":2}},|\"replicas\":4,"
            + "\"currentRevision\":\"a\",\"updateRevision\":\"b\"|",
        "daemonsets|``|\"desiredNumberScheduled\":4,\"updatedNumberScheduled\":4|",
        "daemonsets|``|\"desiredNumberScheduled\":4,\"updatedNumberScheduled\":3|DaemonSet",
      })
  void whatIsNotAllOfTheNewestTemplateIsRolledOut(
      String path, String spec, String status, String kind) throws Exception {
    has(path, spec, status);

    assertThat(rollout())
        .isEqualTo(
            kind == null ? "" : "Kubernetes is rolling out the " + kind + " 'prod/shop-web'");
  }

  @Test
  void whatTheServiceDoesNotSelectIsNoConcern() throws Exception {
    String other = workload("\"app\":\"shop\"", "", "\"replicas\":4");
    answers.put(APPS + "deployments?limit=500", "{\"metadata\":{},\"items\":[" + other + "]}");
    assertThat(rollout()).isEmpty();
  }

  @Test
  void aServiceWithoutASelectorIsThatOfNoWorkload() throws Exception {
    answers.put(SERVICE, "{\"spec\":{}}");
    has("deployments", "", "\"replicas\":4");
    assertThat(rollout()).isEmpty();
  }

  @Test
  void pagesAreReadToTheLast() throws Exception {
    answers.put(
        APPS + "deployments?limit=500", "{\"metadata\":{\"continue\":\"a+b\"},\"items\":[]}");
    answers.put(
        APPS + "deployments?continue=a%2Bb&limit=500",
        "{\"metadata\":{},\"items\":["
            + workload("\"app\":\"shop\",\"tier\":\"web\"", "", "\"replicas\":4")
            + "]}");
    assertThat(rollout()).contains("the Deployment 'prod/shop-web'");
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVICE, APPS + "daemonsets?limit=500", APPS + "statefulsets?limit=500"})
  void whoMayNotReadOneOfThemIsToldOfTheOthers(String withheld) throws Exception {
    answers.remove(withheld);
    assertThat(rollout()).isEmpty();
    assertThat(origin.list(AnswerDeadline.in(Duration.ofSeconds(60))).members()).hasSize(1);

    has("deployments", "", "\"replicas\":4");
    assertThat(rollout()).matches(found -> found.isEmpty() == withheld.equals(SERVICE));
  }

  /** Silence would be taken for that nothing is rolled out. */
  @ParameterizedTest
  @ValueSource(strings = {SERVICE, APPS + "deployments?limit=500", APPS + "statefulsets?limit=500"})
  void anAnswerThatDoesNotComeIsNone(String broken) {
    answers.put(broken, "");
    assertThatThrownBy(this::rollout).isInstanceOf(IOException.class).hasMessageContaining("500");
  }

  /** A deploy that waited for another one asks again before it begins. */
  @Test
  void workloadsAreReadEachTimeBeforeADeployAndNeverDuringOne() throws Exception {
    assertThat(rollout()).isEmpty();
    has("deployments", "", "\"replicas\":4");
    assertThat(rollout()).isNotEmpty();
    asked.clear();

    assertThat(origin.list(AnswerDeadline.in(Duration.ofSeconds(60))).rollout()).isEmpty();
    assertThat(asked).isEmpty();
  }
}
