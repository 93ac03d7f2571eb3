package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds what Kubernetes itself is replacing behind a service: a workload whose pods the service
 * selects and not all of which have its newest template. It is a precaution: workloads that the
 * account may not read are ignored, and members that are replaced all the same are noticed later.
 */
final class KubernetesRollouts implements Origin {

  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "deployments", "Deployment",
              "statefulsets", "StatefulSet",
              "daemonsets", "DaemonSet"));

  private final Origin members;
  private final String namespace;
  private final String service;
  private final KubernetesApi api;

  /**
   * @param members lists the members
   * @param service {@code NAMESPACE/SERVICE}, with or without more after it
   */
  KubernetesRollouts(Origin members, String service, KubernetesApi api) {
    this.members = members;
    String[] names = service.split("[/:]", -1);
    this.namespace = names[0];
    this.service = names[1];
    this.api = api;
  }

  @Override
  public SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException, InterruptedException {
    return members.list(deadline);
  }

  @Override
  public SourceAnswer.Seen listBeforeDeploy(AnswerDeadline deadline)
      throws IOException, InterruptedException {
    SourceAnswer.Seen seen = members.list(deadline);
    return new SourceAnswer.Seen(seen.members(), seen.complete(), rollout(deadline));
  }

  @Override
  public void close() {
    members.close();
  }

  private String rollout(AnswerDeadline deadline) throws IOException, InterruptedException {
    KubernetesJson selector;
    try {
      selector =
          KubernetesJson.parse(
                  api.get("/api/v1/namespaces/" + namespace + "/services/" + service, deadline))
              .at("spec")
              .at("selector");
    } catch (KubernetesApi.WithheldException withheld) {
      return "";
    }
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      String found = rolloutOf(kind.getKey(), kind.getValue(), selector, deadline);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  private String rolloutOf(
      String path, String kind, KubernetesJson selector, AnswerDeadline deadline)
      throws IOException, InterruptedException {
    try {
      return rollout(path, kind, selector, deadline);
    } catch (KubernetesApi.WithheldException withheld) {
      return "";
    }
  }

  private String rollout(String path, String kind, KubernetesJson selector, AnswerDeadline deadline)
      throws IOException, InterruptedException {
    String query = "?limit=500";
    String next;
    do {
      KubernetesJson page =
          KubernetesJson.parse(
              api.get("/apis/apps/v1/namespaces/" + namespace + "/" + path + query, deadline));
      for (KubernetesJson workload : page.items("items")) {
        KubernetesJson labels = workload.at("spec").at("template").at("metadata").at("labels");
        if (labels.hasAllOf(selector) && isUnderWay(kind, workload)) {
          return "Kubernetes is rolling out the "
              + kind
              + " '"
              + namespace
              + "/"
              + workload.at("metadata").text("name")
              + "'";
        }
      }
      next = page.at("metadata").text("continue");
      query = "?continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8) + "&limit=500";
    } while (!next.isEmpty());
    return "";
  }

  /** Decides as {@code kubectl rollout status} does, except for pods that are merely not ready. */
  private static boolean isUnderWay(String kind, KubernetesJson workload) {
    KubernetesJson spec = workload.at("spec");
    KubernetesJson status = workload.at("status");
    KubernetesJson strategy = spec.at("updateStrategy");
    if (strategy.text("type").equals("OnDelete")
        || strategy.at("rollingUpdate").number("partition") > 0) {
      // Here pods of an older template stay for as long as a person wants.
      return false;
    }
    if (workload.at("metadata").number("generation") > status.number("observedGeneration")) {
      return true;
    }
    return switch (kind) {
      case "Deployment" -> status.number("replicas") > status.number("updatedReplicas");
      case "StatefulSet" ->
          !status.text("currentRevision").equals(status.text("updateRevision"))
              && status.number("replicas") > status.number("updatedReplicas");
      default -> status.number("desiredNumberScheduled") > status.number("updatedNumberScheduled");
    };
  }
}
