package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of EndpointSlices, as {@code discovery.k8s.io/v1} writes it.
 *
 * @param next the token for the page after this one; empty on the last page
 * @param version the list's version, a number in practice; empty if not given
 */
record EndpointSlices(List<Slice> slices, String next, String version) {

  private static final int LONGEST_MESSAGE = 200;

  /**
   * Endpoints with the same kind of address and the same ports.
   *
   * @param kind {@code IPv4}, {@code IPv6} or {@code FQDN}
   */
  record Slice(String name, String kind, List<Port> ports, List<Endpoint> endpoints) {}

  /**
   * A port that all endpoints of a slice have.
   *
   * @param name empty if it has none
   */
  record Port(String name, int number) {}

  /**
   * An endpoint, usually a pod.
   *
   * @param address the first of its addresses
   * @param zone its zone; empty if not known
   * @param name its name, and {@code uid} with it; empty if not known
   */
  record Endpoint(String address, boolean isTerminating, String zone, String name, String uid) {}

  /**
   * Reads a page.
   *
   * @throws IOException if it is incomplete or not such a page
   */
  static EndpointSlices read(String json) throws IOException {
    KubernetesJson page = KubernetesJson.parse(json);
    if (!page.text("kind").equals("EndpointSliceList")) {
      throw new IOException(
          "the API server's answer is not an EndpointSliceList but '"
              + Text.shortened(page.text("kind"), LONGEST_MESSAGE)
              + "'");
    }
    List<Slice> slices = new ArrayList<>();
    for (KubernetesJson slice : page.items("items")) {
      slices.add(slice(slice));
    }
    KubernetesJson metadata = page.at("metadata");
    return new EndpointSlices(slices, metadata.text("continue"), metadata.text("resourceVersion"));
  }

  private static Slice slice(KubernetesJson slice) throws IOException {
    List<Port> ports = new ArrayList<>();
    for (KubernetesJson port : slice.items("ports")) {
      if (port.at("port").value() instanceof Number number) {
        ports.add(new Port(port.text("name"), number.intValue()));
      }
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (KubernetesJson endpoint : slice.items("endpoints")) {
      List<KubernetesJson> addresses = endpoint.items("addresses");
      KubernetesJson target = endpoint.at("targetRef");
      if (!addresses.isEmpty()) {
        endpoints.add(
            new Endpoint(
                String.valueOf(addresses.get(0).value()),
                Boolean.TRUE.equals(endpoint.at("conditions").at("terminating").value()),
                endpoint.text("zone"),
                target.text("name"),
                target.text("uid")));
      }
    }
    return new Slice(
        slice.at("metadata").text("name"), slice.text("addressType"), ports, endpoints);
  }

  /** Returns the message of an error response. */
  static String message(String body) {
    String message;
    try {
      message = KubernetesJson.parse(body).text("message");
    } catch (IOException otherwise) {
      message = "";
    }
    return Text.shortened(message.isEmpty() ? body.strip() : message, LONGEST_MESSAGE);
  }
}
