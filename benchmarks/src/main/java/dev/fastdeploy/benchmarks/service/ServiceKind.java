package dev.fastdeploy.benchmarks.service;

import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The services that are deployed. */
public enum ServiceKind {
  /** The demo service: the JDK alone, some ten classes. */
  DEMO(ReleaseBuilder.JAR, "dev.fastdeploy.demo.service", "/health", "/version"),
  /** A shop on Spring Boot: web, actuator and some dozens of beans. */
  SPRING("app.jar", "dev.fastdeploy.shop", "/actuator/health", "/work"),
  /** A small service on an embedded Tomcat. */
  TOMCAT("TomcatService", "tomcat", ""),
  /** The same on Jetty. */
  JETTY("JettyService", "jetty", ""),
  /** The same on Undertow. */
  UNDERTOW("UndertowService", "undertow", ""),
  /** The same on Netty, which uses the JDK's selectors. */
  NETTY_NIO("NettyService", "netty", "nio"),
  /** The same on Netty, which uses epoll by a native library of its own. */
  NETTY_EPOLL("NettyService", "netty", "epoll"),
  /** Calls of gRPC on a second port, beside the JDK's HTTP server. */
  GRPC("GrpcService", "grpc", "");

  /** The path of a release's own library, if it has one. */
  static final String PART_JAR = "lib/part.jar";

  /** The path of a release's own JVM flags, if it has any. */
  static final String FLAGS_FILE = "jvm.args";

  /** The main class of the Spring service. */
  public static final String SHOP = "dev.fastdeploy.shop.ShopApplication";

  private final String jar;
  private final String codePackage;
  private final String healthPath;
  private final String workPath;
  private final String mainClass;
  private final String libraries;
  private final String transport;

  ServiceKind(String jar, String codePackage, String healthPath, String workPath) {
    this.jar = jar;
    this.codePackage = codePackage;
    this.healthPath = healthPath;
    this.workPath = workPath;
    this.mainClass = "";
    this.libraries = "";
    this.transport = "";
  }

  /** A service on one of the servers. */
  ServiceKind(String mainClass, String server, String transport) {
    this.jar = "app.jar";
    this.codePackage = "dev.fastdeploy.servers";
    this.healthPath = "/health";
    this.workPath = "/work";
    this.mainClass = codePackage + "." + mainClass;
    this.libraries = "lib/" + server;
    this.transport = transport;
  }

  /** The name in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The service of that {@link #label}.
   *
   * @throws IllegalArgumentException if there is none, with a message for the user
   */
  public static ServiceKind labelled(String label) {
    for (ServiceKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "service '"
            + label
            + "' is unknown; use "
            + Arrays.stream(values()).map(ServiceKind::label).collect(Collectors.joining(", ")));
  }

  /** The jar with the service's own classes, in a release. */
  public String jar() {
    return jar;
  }

  /** Returns the folder of the server's libraries, in a release; empty if it is on none of them. */
  String libraries() {
    return libraries;
  }

  /** Returns whether the service answers several requests on one connection. */
  public boolean keepsAlive() {
    return this != DEMO;
  }

  /** The package whose class {@code Revision} tells the commit. */
  String codePackage() {
    return codePackage;
  }

  /** Returns the path that says whether the service is ready. */
  public String healthPath() {
    return healthPath;
  }

  /** Returns the path that the load asks for; the answer's first line is the commit. */
  public String workPath() {
    return workPath;
  }

  /** The service's command in a release's directory, behind {@code java} and the JVM's flags. */
  public List<String> command(BuiltRelease release, int port) {
    List<String> words = new ArrayList<>();
    if (release.change() == Change.JVM_FLAG) {
      words.add("@" + FLAGS_FILE);
    }
    if (this == SPRING) {
      words.addAll(List.of("-jar", jar, "--server.port=" + port));
    } else if (!libraries.isEmpty()) {
      String part = release.change() == Change.DEPENDENCY ? ":" + PART_JAR : "";
      words.addAll(
          List.of("-cp", jar + ":" + libraries + "/*" + part, mainClass, "--port", "" + port));
      words.addAll(transport.isEmpty() ? List.of() : List.of("--transport", transport));
    } else {
      String part = release.change() == Change.DEPENDENCY ? ":" + PART_JAR : "";
      words.addAll(List.of("-cp", jar + part, ReleaseBuilder.MAIN_CLASS, "--port", "" + port));
    }
    return words;
  }
}
