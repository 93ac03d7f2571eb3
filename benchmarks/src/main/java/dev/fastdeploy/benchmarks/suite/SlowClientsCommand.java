package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.SlowClientsBenchmark;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what becomes of slow clients, of each kind during a deploy of its own. */
@Command(
    name = "slow-clients",
    mixinStandardHelpOptions = true,
    description =
        "Measures what becomes of requests and connections that last over a deploy, for each kind"
            + " of client; about 20 minutes for one service. Each list is separated by commas.")
final class SlowClientsCommand extends SuiteCommand {

  @Option(
      names = "--services",
      split = ",",
      paramLabel = "SERVICE",
      description = "tomcat, jetty, undertow, netty-nio, netty-epoll and grpc (tomcat)")
  private List<String> services = new ArrayList<>(List.of(ServiceKind.TOMCAT.label()));

  @Option(
      names = "--pre-drains",
      split = ",",
      paramLabel = "SECONDS",
      description = "for how long load balancers are warned before (0,10)")
  private List<Integer> preDrains = new ArrayList<>(List.of(0, 10));

  @Option(
      names = "--client",
      paramLabel = "CLIENT",
      description = "one kind, such as download-long (${DEFAULT-VALUE})")
  private String client = SlowClientsBenchmark.ALL;

  @Option(
      names = "--hold",
      paramLabel = "DURATION",
      description = "for how long connections are held at most (${DEFAULT-VALUE})")
  private String hold = Holding.USUAL;

  SlowClientsCommand() {}

  @Override
  Plan plan() {
    List<PlannedRun> runs = new ArrayList<>();
    for (String service : services) {
      ServiceKind kind = ServiceKind.labelled(service);
      for (int preDrain : preDrains) {
        runs.add(
            PlannedRun.of(
                BenchmarkName.SLOW_CLIENTS,
                SlowClientsBenchmark.class,
                PlannedRun.ONLY_METHOD,
                client.equals(SlowClientsBenchmark.ALL)
                    ? SlowClientsBenchmark.clients(kind).size()
                    : 1,
                Map.of(
                    "service",
                    kind.label(),
                    "client",
                    client,
                    "preDrain",
                    Integer.toString(preDrain),
                    "hold",
                    hold)));
      }
    }
    return new Plan("slow-clients", runs);
  }
}
