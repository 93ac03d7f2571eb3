package dev.fastdeploy.launcher.fleet.source;

import java.util.ArrayList;
import java.util.List;

/** Pages of EndpointSlices, as an API server writes them. */
final class SliceJson {

  static final String CONTROL = "{\"name\":\"control\",\"port\":7400,\"protocol\":\"TCP\"}";
  static final String HTTP = "{\"name\":\"http\",\"port\":8080,\"protocol\":\"TCP\"}";

  private SliceJson() {}

  /** A list; {@code next} is empty on the last page. */
  static String page(String version, String next, String... slices) {
    return "{\"kind\":\"EndpointSliceList\",\"apiVersion\":\"discovery.k8s.io/v1\",\"metadata\":{"
        + "\"resourceVersion\":\""
        + version
        + "\""
        + (next.isEmpty() ? "" : ",\"continue\":\"" + next + "\",\"remainingItemCount\":1")
        + "},\"items\":["
        + String.join(",", slices)
        + "]}";
  }

  /** A slice; no endpoints are written as the server does, by null. */
  static String slice(String kind, List<String> ports, String... endpoints) {
    return "{\"metadata\":{\"name\":\"shop-abc12\",\"namespace\":\"prod\",\"labels\":{"
        + "\"kubernetes.io/service-name\":\"shop\"}},\"addressType\":\""
        + kind
        + "\",\"ports\":["
        + String.join(",", ports)
        + "],\"endpoints\":"
        + (endpoints.length == 0 ? "null" : "[" + String.join(",", endpoints) + "]")
        + "}";
  }

  /** An endpoint in the zone eu-1a of a pod whose uid follows from its name. */
  static String endpoint(String pod, String address, String conditions) {
    return "{\"addresses\":[\""
        + address
        + "\"],\"conditions\":{"
        + conditions
        + "},\"nodeName\":\"node-1\",\"zone\":\"eu-1a\",\"targetRef\":{\"kind\":\"Pod\","
        + "\"namespace\":\"prod\",\"name\":\""
        + pod
        + "\",\"uid\":\""
        + pod
        + "-0000-0000-0000-000000000000\"}}";
  }

  static String ready(String pod, String address) {
    return endpoint(pod, address, "\"ready\":true,\"serving\":true,\"terminating\":false");
  }

  /** A slice with a ready pod for each {@code host:port}; all ports are the same. */
  static String sliceOf(String... addresses) {
    List<String> endpoints = new ArrayList<>();
    for (String address : addresses) {
      String host = address.substring(0, address.lastIndexOf(':'));
      endpoints.add(ready("pod-" + host.replace('.', '-'), host));
    }
    return slice("IPv4", List.of(HTTP, CONTROL), endpoints.toArray(new String[0]));
  }

  static String status(int code, String reason, String message) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
        + "\"message\":\""
        + message
        + "\",\"reason\":\""
        + reason
        + "\",\"code\":"
        + code
        + "}";
  }
}
