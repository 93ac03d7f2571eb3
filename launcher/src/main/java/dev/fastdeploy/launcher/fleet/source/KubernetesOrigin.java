package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.launcher.fleet.plan.Member;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The endpoints of a Kubernetes service, by its EndpointSlices. Endpoints that are not ready are
 * members, because a deploy may be what repairs them. Terminating ones are not.
 */
final class KubernetesOrigin implements Origin {

  private static final int READ_ANEW = 3;
  private static final int UID_SHOWN = 8;
  private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile("(" + LABEL + ")/(" + LABEL + ")(?::(" + LABEL + "))?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Set<String> USUAL_PORTS = Set.of("fastdeploy", "control");

  private final String service;
  private final String port;
  private final String path;
  private final String query;
  private final KubernetesApi api;
  private long newest;

  private record Found(String address, String zone, String id) {}

  private KubernetesOrigin(String namespace, String service, String port, KubernetesApi api) {
    this.service = namespace + "/" + service;
    this.port = port;
    this.api = api;
    this.path = "/apis/discovery.k8s.io/v1/namespaces/" + namespace + "/endpointslices?";
    this.query = "labelSelector=" + encoded("kubernetes.io/service-name=" + service) + "&limit=500";
  }

  /**
   * Reads {@code NAMESPACE/SERVICE} or {@code NAMESPACE/SERVICE:PORT}.
   *
   * @throws IllegalArgumentException if it is not understood, with the correct form
   */
  static KubernetesOrigin of(String text, KubernetesApi api) {
    Matcher form = FORM.matcher(text);
    String port = form.matches() && form.group(3) != null ? form.group(3) : "";
    if (!form.matches() || (isNumber(port) && !isPort(port))) {
      throw new IllegalArgumentException(
          "write k8s:NAMESPACE/SERVICE or k8s:NAMESPACE/SERVICE:PORT, with the port's name or"
              + " number");
    }
    return new KubernetesOrigin(form.group(1), form.group(2), port, api);
  }

  /**
   * Returns the way to the cluster from here. As with kubectl, a named configuration wins, even in
   * a pod.
   */
  static KubernetesApi api(SourceSettings settings) {
    Map<String, String> environment = settings.environment();
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    if (host.isEmpty()
        || environment.containsKey("KUBECONFIG")
        || !ServiceAccountApi.isAt(settings.serviceAccount())) {
      return new Kubectl(environment);
    }
    String server =
        (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    return new ServiceAccountApi(server, settings.serviceAccount());
  }

  @Override
  public SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException, InterruptedException {
    KubernetesApi.ExpiredException last = null;
    for (int i = 0; i < READ_ANEW; i++) {
      try {
        return sweep(deadline);
      } catch (KubernetesApi.ExpiredException expired) {
        last = expired;
      }
    }
    throw last == null ? new KubernetesApi.ExpiredException() : last;
  }

  private SourceAnswer.Seen sweep(AnswerDeadline deadline)
      throws IOException, InterruptedException {
    List<EndpointSlices.Slice> slices = new ArrayList<>();
    // For the first page, any state that the server has in memory will do; it costs etcd nothing.
    EndpointSlices page =
        EndpointSlices.read(api.get(path + query + "&resourceVersion=0", deadline));
    boolean isNewer = isNotOlder(page.version());
    slices.addAll(page.slices());
    while (!page.next().isEmpty()) {
      String before = page.next();
      page =
          EndpointSlices.read(
              api.get(path + "continue=" + encoded(before) + "&" + query, deadline));
      slices.addAll(page.slices());
      if (page.next().equals(before)) {
        throw new IOException("the API server keeps returning the same page of its list");
      }
    }
    return new SourceAnswer.Seen(members(slices), isNewer);
  }

  /**
   * Returns whether the list is current: a server that lags behind has not seen newer members, so
   * none has vanished.
   */
  private boolean isNotOlder(String version) {
    if (!NUMBER.matcher(version).matches()) {
      return true;
    }
    long number = Long.parseLong(version);
    boolean isNotOlder = number >= newest;
    newest = Math.max(newest, number);
    return isNotOlder;
  }

  private List<Member> members(List<EndpointSlices.Slice> slices) throws IOException {
    if (slices.isEmpty()) {
      throw new IOException(
          "there is no EndpointSlice of the service '"
              + service
              + "'; check namespace and service, and that it has a selector");
    }
    // A pod may be in several slices: one for each kind of address, and two while it moves between
    // them.
    Map<String, Found> found = new LinkedHashMap<>();
    Set<String> terminating = new HashSet<>();
    for (EndpointSlices.Slice slice : ipv4First(slices)) {
      for (EndpointSlices.Endpoint endpoint : slice.endpoints()) {
        String address = address(slice, endpoint);
        String id = id(endpoint);
        String key = id.isEmpty() ? address : id;
        if (endpoint.isTerminating()) {
          terminating.add(key);
        }
        found.putIfAbsent(key, new Found(address, endpoint.zone(), id));
      }
    }
    found.keySet().removeAll(terminating);
    if (found.isEmpty()) {
      throw new IOException("the service '" + service + "' has no endpoint");
    }
    return members(found);
  }

  private static List<Member> members(Map<String, Found> found) throws IOException {
    MemberList members = new MemberList();
    for (Found member : found.values()) {
      try {
        members.add(member.address(), member.zone(), member.id());
      } catch (IllegalArgumentException wrong) {
        throw new IOException(wrong.getMessage(), wrong);
      }
    }
    return members.members();
  }

  private static List<EndpointSlices.Slice> ipv4First(List<EndpointSlices.Slice> slices) {
    return slices.stream()
        .sorted(Comparator.comparing(slice -> !slice.kind().equals("IPv4")))
        .toList();
  }

  private String address(EndpointSlices.Slice slice, EndpointSlices.Endpoint endpoint)
      throws IOException {
    String host = endpoint.address();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port(slice);
  }

  /** Returns the pod's name, for people, and its uid, since a StatefulSet uses names again. */
  private static String id(EndpointSlices.Endpoint endpoint) {
    if (endpoint.name().isEmpty() || endpoint.uid().isEmpty()) {
      return endpoint.name().isEmpty() ? endpoint.uid() : endpoint.name();
    }
    String uid = endpoint.uid();
    return endpoint.name() + "/" + uid.substring(0, Math.min(UID_SHOWN, uid.length()));
  }

  private int port(EndpointSlices.Slice slice) throws IOException {
    if (isNumber(port)) {
      return Integer.parseInt(port);
    }
    for (EndpointSlices.Port candidate : slice.ports()) {
      boolean isMeant =
          port.isEmpty()
              ? slice.ports().size() == 1 || USUAL_PORTS.contains(candidate.name())
              : candidate.name().equals(port);
      if (isMeant) {
        return candidate.number();
      }
    }
    throw new IOException(
        "the service '"
            + service
            + "' has no port "
            + (port.isEmpty() ? "'fastdeploy' or 'control'" : "'" + port + "'")
            + " but "
            + (slice.ports().isEmpty()
                ? "none"
                : slice.ports().stream().map(KubernetesOrigin::shown).toList())
            + "; name one with k8s:"
            + service
            + ":PORT");
  }

  private static String shown(EndpointSlices.Port other) {
    return other.name().isEmpty() ? String.valueOf(other.number()) : other.name();
  }

  private static boolean isNumber(String port) {
    return !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isPort(String number) {
    int port = number.length() > 5 ? 0 : Integer.parseInt(number);
    return port >= 1 && port <= 65535;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
