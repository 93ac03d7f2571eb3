package dev.fastdeploy.benchmarks.fleet;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A JVM with many instances. It says {@code ready} when all listen, one line of JSON an instance
 * when it is asked for a {@code report}, and ends with its standard input.
 */
public final class EndpointHost {

  static final String READY = "ready";
  static final String REPORT = "report";
  static final String END = "end";

  private EndpointHost() {}

  /** Plays the instances {@code first} to {@code first + count - 1}. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    FleetSite site =
        new FleetSite(
            Path.of(arguments[0]),
            Integer.parseInt(arguments[1]),
            Boolean.parseBoolean(arguments[2]),
            Duration.parse(arguments[3]));
    int first = Integer.parseInt(arguments[4]);
    int count = Integer.parseInt(arguments[5]);
    CallCounts counts = CallCounts.ofThisJvm();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemons());
    ExecutorService workers = Executors.newCachedThreadPool(daemons());
    List<FleetInstance> instances = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      FleetInstance instance = new FleetInstance(number, site, timer, workers);
      instance.start();
      instances.add(instance);
    }
    WarmUp.call(site, first, count);
    counts.clear();
    out.println(READY);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(REPORT)) {
        for (FleetInstance instance : instances) {
          out.println(JSON.std.asString(report(instance, counts)));
        }
        out.println(END);
      }
    }
    // All threads of the endpoints are daemons: the system takes the sockets back.
  }

  /** The arguments of {@link #main}. */
  static List<String> arguments(FleetSite site, int first, int count) {
    return List.of(
        site.folder().toString(),
        Integer.toString(site.port()),
        Boolean.toString(site.faulty()),
        site.restart().toString(),
        Integer.toString(first),
        Integer.toString(count));
  }

  private static Map<String, Object> report(FleetInstance instance, CallCounts counts) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("host", instance.host());
    report.put("behaviour", instance.behaviour().name());
    report.put("proven", instance.proven());
    report.put("counts", counts.of(instance.host()));
    return report;
  }

  private static java.util.concurrent.ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "instances");
      thread.setDaemon(true);
      return thread;
    };
  }
}
