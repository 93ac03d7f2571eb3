package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of EndpointSlices, as {@code discovery.k8s.io/v1} writes it.
 *
 * @param next what reads on behind this page; empty on the last
 * @param version of the list, a number as far as anybody knows; empty if not told
 */
record EndpointSlices(List<Slice> slices, String next, String version) {

  private static final int LONGEST_MESSAGE = 200;

  /**
   * Endpoints of one kind of address that have the same ports.
   *
   * @param kind {@code IPv4}, {@code IPv6} or {@code FQDN}
   */
  record Slice(String name, String kind, List<Port> ports, List<Endpoint> endpoints) {}

  /**
   * A port of all endpoints of a slice.
   *
   * @param name empty if it has none
   */
  record Port(String name, int number) {}

  /**
   * A pod, mostly.
   *
   * @param address the first of its addresses
   * @param zone empty if not known
   * @param name of what it is, and {@code uid} with it; empty if not known
   */
  record Endpoint(String address, boolean isTerminating, String zone, String name, String uid) {}

  /**
   * Reads a page.
   *
   * @throws IOException if it is not whole, or no such page
   */
  static EndpointSlices read(String json) throws IOException {
    KubernetesJson page = KubernetesJson.parse(json);
    if (!page.text("kind").equals("EndpointSliceList")) {
      throw new IOException(
          "the API server's answer is no EndpointSliceList but '"
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

  /** What an error's answer says. */
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
