package dev.fastdeploy.benchmarks.service;

import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The services that are deployed. */
public enum ServiceKind {
  /** The demo service: the JDK alone, some ten classes. */
  DEMO(ReleaseBuilder.JAR, "dev.fastdeploy.demo.service", "/health", "/version"),
  /** A shop on Spring Boot: web, actuator and some dozens of beans. */
  SPRING("app.jar", "dev.fastdeploy.shop", "/actuator/health", "/work");

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

  ServiceKind(String jar, String codePackage, String healthPath, String workPath) {
    this.jar = jar;
    this.codePackage = codePackage;
    this.healthPath = healthPath;
    this.workPath = workPath;
  }

  /** The name in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
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
    throw new IllegalArgumentException("service '" + label + "' is unknown; use demo or spring");
  }

  /** The jar with the service's own classes, in a release. */
  public String jar() {
    return jar;
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
    } else {
      String part = release.change() == Change.DEPENDENCY ? ":" + PART_JAR : "";
      words.addAll(List.of("-cp", jar + part, ReleaseBuilder.MAIN_CLASS, "--port", "" + port));
    }
    return words;
  }
}
