package dev.fastdeploy.benchmarks.fleet;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.demo.process.Jdk;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JVMs that play a fleet, {@value #MOST} instances in each at most. */
final class EndpointHosts implements AutoCloseable {

  private static final int MOST = 1_000;

  /** An instance's report on itself. */
  record Said(String host, Behaviour behaviour, String proven, Map<String, Integer> counts) {

    int calls() {
      return CallCounts.calls(counts);
    }
  }

  private record Host(Process process, BufferedReader out, BufferedWriter in) {}

  private final List<Host> hosts = new ArrayList<>();

  private EndpointHosts() {}

  /**
   * Starts them, and returns when all instances listen.
   *
   * @param variables of the processes
   * @param log takes what they complain of
   */
  static EndpointHosts start(
      FleetSite site, int members, Jdk jdk, Map<String, String> variables, Path log)
      throws IOException {
    EndpointHosts all = new EndpointHosts();
    try {
      for (int first = 0; first < members; first += MOST) {
        all.hosts.add(host(site, first, Math.min(MOST, members - first), jdk, variables, log));
      }
      for (Host host : all.hosts) {
        String said = host.out.readLine();
        if (!EndpointHost.READY.equals(said)) {
          // The log goes with the folder.
          throw new IOException("the instances do not listen: " + complaint(log));
        }
      }
    } catch (IOException | RuntimeException failure) {
      all.close();
      throw failure;
    }
    return all;
  }

  /** The first line that is not the endpoints' own log. */
  private static String complaint(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> !line.startsWith("fastdeploy: "))
          .findFirst()
          .orElse("they say nothing");
    }
  }

  private static Host host(
      FleetSite site, int first, int count, Jdk jdk, Map<String, String> variables, Path log)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.java().toString(),
                "-Xmx1g",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EndpointHost.class.getName()));
    command.addAll(EndpointHost.arguments(site, first, count));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(variables);
    Process process = builder.start();
    return new Host(
        process,
        process.inputReader(StandardCharsets.UTF_8),
        process.outputWriter(StandardCharsets.UTF_8));
  }

  /** Returns the current report of each instance, in order. */
  List<Said> report() throws IOException {
    List<Said> all = new ArrayList<>();
    for (Host host : hosts) {
      host.in.write(EndpointHost.REPORT + "\n");
      host.in.flush();
      String line = host.out.readLine();
      while (line != null && !line.equals(EndpointHost.END)) {
        all.add(said(JSON.std.mapFrom(line)));
        line = host.out.readLine();
      }
    }
    return all;
  }

  private static Said said(Map<String, Object> line) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    if (line.get("counts") instanceof Map<?, ?> told) {
      told.forEach((what, count) -> counts.put(what.toString(), ((Number) count).intValue()));
    }
    return new Said(
        text(line, "host"),
        Behaviour.valueOf(text(line, "behaviour")),
        text(line, "proven"),
        counts);
  }

  private static String text(Map<String, Object> line, String name) {
    return String.valueOf(line.get(name));
  }

  @Override
  public void close() {
    for (Host host : hosts) {
      host.process.destroyForcibly();
    }
    for (Host host : hosts) {
      try {
        host.process.waitFor();
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
