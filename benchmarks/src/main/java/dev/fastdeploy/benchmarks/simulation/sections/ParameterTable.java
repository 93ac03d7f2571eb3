package dev.fastdeploy.benchmarks.simulation.sections;

import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.Scenario;
import dev.fastdeploy.benchmarks.simulation.ecs.EcsParameters;
import dev.fastdeploy.benchmarks.simulation.ecs.LoadBalancer;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.FastdeployParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every parameter of a scenario, with its value and where it comes from. */
final class ParameterTable {

  private final Profile profile;
  private final List<List<Cell>> rows = new ArrayList<>();

  private ParameterTable(Profile profile) {
    this.profile = profile;
  }

  static Table of(Scenario scenario) {
    ParameterTable table = new ParameterTable(scenario.profile());
    table.launching(scenario.ecs());
    table.placing(scenario.ecs());
    table.task(scenario.ecs());
    table.application(scenario);
    table.fastdeploy(scenario.fastdeploy());
    return new Table(
        "",
        List.of(Column.words("parameter"), Column.words("value"), Column.words("from")),
        table.rows);
  }

  private void launching(EcsParameters ecs) {
    row(
        "minimum and maximum healthy percent",
        ecs.deployment().minimumHealthyPercent() + " and " + ecs.deployment().maximumPercent(),
        "defaults of the API [2]");
    row("tasks a call", atMost(ecs.api().tasksPerCall()), "[1], [2]");
    row(
        "calls of an account",
        ecs.api().calls().text(),
        either("[3], published later; what held in 2019 is not known", "[3]"));
    row(
        "tasks launched of an account",
        ecs.api().launches().text(),
        either(
            "developer guide of August 2019, tasks on EC2 [2]", "no quota for tasks on EC2 [4]"));
    row(
        "tasks launched of a service",
        ecs.api().serviceLaunches().text(),
        either(
            "none among the limits of 2019 [2]",
            "[4]; more than 5,000 tasks are several services"));
    row(
        "interval of the service scheduler",
        seconds(ecs.schedulerInterval()),
        "assumed: replacements are seen 13 to 23 s apart, their start included [5]");
  }

  private void placing(EcsParameters ecs) {
    row(
        "a task that finds no room",
        ecs.placement().text(),
        either(
            "lack of resources delays the next start, up to 15 minutes [2], [6]; both figures as"
                + " measured in September 2019 [7]",
            "with a capacity provider [4]"));
    row(
        "room beyond the service's tasks",
        ecs.capacity().sparePercent() + " %",
        "assumed: more instances were rejected for their cost [14]; examples of AWS leave 10 % [8]"
            + " and 33 % (75 % reserved [2])");
    row(
        "tasks an instance",
        ecs.capacity().tasksPerInstance() + "",
        "assumed; it makes hardly a difference");
    row(
        "agent with a task placed too early",
        ecs.agent().text(),
        either("agents before 1.73 [9]", "agents from 1.73 [9]"));
    row(
        "pull of the image, once an instance",
        ecs.launch().pull().text(),
        "assumed; it makes hardly a difference");
    row(
        "creation of a container",
        ecs.launch().create().text(),
        "assumed; it makes hardly a difference");
  }

  private void task(EcsParameters ecs) {
    row(
        "health check of a task",
        ecs.healthCheck().text(),
        "defaults of the API [2]; the first check comes one interval after the start [10]");
    row("reports about health", "every " + seconds(ecs.healthReport()), "source of the agent [11]");
    row(
        "load balancer",
        ecs.loadBalancer().map(LoadBalancer::text).orElse("none"),
        "defaults of a target group [12]; that the service had one is assumed");
    row(
        "stop timeout",
        seconds(ecs.stop().stopTimeout()),
        "default; work that takes longer is killed [2]");
  }

  private void application(Scenario scenario) {
    row(
        "work in flight",
        scenario.ecs().application().drain().text(),
        "chosen: with it 90 % take some 1.5 minutes, as the original's fast deploys did [1]");
    row("restart times", scenario.restartTimes().text(), "`--restart-times`");
  }

  private void fastdeploy(FastdeployParameters fastdeploy) {
    row(
        "fastdeploy: instances that change",
        "`" + fastdeploy.pace().options() + "`",
        either(
            "assumed: 90 % in 1.5 minutes leave no time for a part after the other",
            "what `docs/fleet.md` tells users to begin with; the command's default is one instance"));
    row(
        "fastdeploy: instances that stage",
        fastdeploy.pace().staging() + " at a time",
        "`--staging`");
    row(
        "fastdeploy: calls for the list of instances",
        fastdeploy.source().text(),
        "ListTasks and DescribeTasks share it [3]; a hundred tasks a call");
    row(
        "fastdeploy: connections of the command",
        fastdeploy.dial().text(),
        "preliminary probe: 4,000 channels with TLS in 11.6 s on 2 cores");
    row(
        "fastdeploy: requests to the store",
        fastdeploy.store().text(),
        "GET requests a partitioned prefix of S3 [13]; two an instance");
    row(
        "fastdeploy: drain timeout",
        seconds(fastdeploy.drainTimeout()),
        either(
            "assumed: the original's chart has a tail of draining containers [1]",
            "`--drain-timeout`"));
    row("fastdeploy: soak", seconds(fastdeploy.soak()), "`--soak`");
    row(
        "fastdeploy: patience with an instance",
        seconds(fastdeploy.connectTimeout())
            + " for its first answer, "
            + seconds(fastdeploy.timeout())
            + " until it is proven",
        "`--connect-timeout`, and `--timeout` with the drain timeout on top");
  }

  private void row(String name, String value, String from) {
    rows.add(List.of(Cell.text(name), Cell.text(value), Cell.text(from)));
  }

  private String either(String original, String today) {
    return profile == Profile.ORIGINAL ? original : today;
  }

  private static String atMost(int number) {
    return number == Integer.MAX_VALUE ? "any number" : number + "";
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
