package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.supervision.Peer;
import dev.fastdeploy.benchmarks.workplace.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.util.Version;

/** The versions of the software in the benchmarks. */
final class Versions {

  private static final Pattern SPRING_BOOT = Pattern.compile("spring-boot-(\\d[\\w.-]*)\\.jar");
  private static final Pattern TOMCAT = Pattern.compile("tomcat-embed-core-(\\d[\\w.-]*)\\.jar");
  private static final Pattern JETTY = Pattern.compile("jetty-server-(\\d[\\w.-]*)\\.jar");
  private static final Pattern UNDERTOW = Pattern.compile("undertow-core-(\\d[\\w.-]*)\\.jar");
  private static final Pattern NETTY = Pattern.compile("netty-transport-(\\d[\\w.-]*)\\.jar");

  private Versions() {}

  static SortedMap<String, String> here() throws IOException {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("JMH", Version.getPlainVersion());
    Path libraries = Artifacts.own().springRelease().resolve("lib");
    try (Stream<Path> files = Files.list(libraries)) {
      for (Path file : files.toList()) {
        put(versions, "Spring Boot", SPRING_BOOT, file);
        put(versions, "Tomcat", TOMCAT, file);
      }
    }
    Path servers = Artifacts.own().serversRelease().resolve("lib");
    try (Stream<Path> files = Files.walk(servers)) {
      for (Path file : files.toList()) {
        put(versions, "Jetty", JETTY, file);
        put(versions, "Undertow", UNDERTOW, file);
        put(versions, "Netty", NETTY, file);
      }
    }
    for (Peer peer : Peer.values()) {
      peer.version().ifPresent(version -> versions.put(peer.debianPackage(), version));
    }
    return versions;
  }

  private static void put(
      SortedMap<String, String> versions, String name, Pattern pattern, Path file) {
    Matcher matcher = pattern.matcher(file.getFileName().toString());
    if (matcher.matches()) {
      versions.put(name, matcher.group(1));
    }
  }
}
