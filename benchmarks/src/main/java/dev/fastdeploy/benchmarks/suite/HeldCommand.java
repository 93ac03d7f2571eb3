package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.HeldConnectionsBenchmark;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Holding;
import dev.fastdeploy.benchmarks.way.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures deploys under load, for each service, kind of connections, load and way. */
@Command(
    name = "held",
    mixinStandardHelpOptions = true,
    description =
        "Measures what clients lose and how long they wait while deploys follow each other under"
            + " load; about three hours for the whole table. Each list is separated by commas.")
final class HeldCommand extends SuiteCommand {

  @Option(
      names = "--ways",
      split = ",",
      paramLabel = "WAY",
      description = "held, process, shell and devtools, as far as they fit (all)")
  private List<String> ways =
      new ArrayList<>(
          List.of(Way.HELD.label(), Way.PROCESS.label(), Way.SHELL.label(), Way.DEVTOOLS.label()));

  @Option(
      names = "--services",
      split = ",",
      paramLabel = "SERVICE",
      description = "(all but grpc, whose calls this load does not make)")
  private List<String> services =
      new ArrayList<>(
          Arrays.stream(ServiceKind.values())
              .filter(service -> service != ServiceKind.GRPC)
              .map(ServiceKind::label)
              .toList());

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "KIND",
      description = "new and keep-alive (both)")
  private List<String> connections =
      new ArrayList<>(List.of(HeldConnectionsBenchmark.NEW, HeldConnectionsBenchmark.KEEP_ALIVE));

  @Option(
      names = "--loads",
      split = ",",
      paramLabel = "N",
      description = "requests a second (200,500,1500)")
  private List<Integer> loads = new ArrayList<>(List.of(200, 500, 1_500));

  @Option(
      names = "--deploys",
      paramLabel = "N",
      description = "deploys of each row whose connections are held (${DEFAULT-VALUE})")
  private int deploys = 20;

  @Option(
      names = "--compared",
      paramLabel = "N",
      description = "deploys of each other row (${DEFAULT-VALUE})")
  private int compared = 3;

  @Option(
      names = "--hold",
      paramLabel = "DURATION",
      description = "for how long connections are held at most (${DEFAULT-VALUE})")
  private String hold = Holding.USUAL;

  @Option(
      names = "--brief",
      description =
          "leave out what differs least: other ways at 500 requests a second and with new"
              + " connections alone, other loads by one deploy with those, and spring at more than"
              + " 200")
  private boolean brief;

  @Option(
      names = "--also-java",
      split = ",",
      paramLabel = "HOME",
      description = "further JDKs, each of which has rows of its own (none)")
  private List<Path> alsoJava = new ArrayList<>();

  HeldCommand() {}

  @Override
  List<Path> otherJdks() {
    return alsoJava;
  }

  @Override
  Plan plan() {
    Plan planned = table().plan();
    if (planned.runs().isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is left to measure; name more ways, connections or loads, or omit --brief");
    }
    return planned;
  }

  private HeldTable table() {
    return new HeldTable(
        ways.stream().map(Way::labelled).toList(),
        services.stream().map(ServiceKind::labelled).toList(),
        connections,
        loads,
        deploys,
        compared,
        hold,
        brief);
  }
}
