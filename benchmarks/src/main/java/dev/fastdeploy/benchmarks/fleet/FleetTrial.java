package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.contract.OpenFilesLimit;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One deploy by the command, of instances that are there, and what came of it on all sides. */
final class FleetTrial {

  private static final int KEPT_OPEN_BESIDES = 1_000;

  private final FleetSetting setting;
  private final Jdk jdk;
  private final Workplace workplace;
  private final Path jar;

  /**
   * @param jdk that runs the instances and the command
   * @param workplace takes all files and processes
   */
  FleetTrial(FleetSetting setting, Jdk jdk, Workplace workplace, Artifacts artifacts)
      throws IOException {
    this.setting = setting;
    this.jdk = jdk;
    this.workplace = workplace;
    this.jar = artifacts.fastdeployJar();
  }

  /** Carries it out. */
  FleetOutcome run() throws IOException, InterruptedException {
    requireDescriptors(setting.members() + KEPT_OPEN_BESIDES);
    Path folder = workplace.newFolder("fleet");
    TrialCertificates.make(folder);
    FleetSite site = new FleetSite(folder, freePort(), setting.faulty(), setting.restart());
    Path store = Files.createDirectory(folder.resolve("store"));
    publish(folder, store);
    Path fleet = members(folder, site);
    Map<String, String> variables = workplace.variables();
    try (EndpointHosts hosts =
        EndpointHosts.start(
            site, setting.members(), jdk, variables, folder.resolve("instances.log"))) {
      CommandRun command =
          CommandRun.of(deploy(folder, store, fleet), variables, folder.resolve("command.log"));
      return new FleetOutcome(setting, command, hosts.report(), epoch(store));
    }
  }

  /** Those who are started here have as many as this process, which took all that it may. */
  private static void requireDescriptors(int descriptors) throws IOException {
    long limit = OpenFilesLimit.ofThisProcess().orElse(Long.MAX_VALUE);
    if (limit < descriptors) {
      throw new IOException(
          "a process may have "
              + limit
              + " files open, and "
              + descriptors
              + " are needed; raise the hard limit (ulimit -Hn), or take fewer --members");
    }
  }

  /** At all addresses of the loopback network, as far as one can tell by one of them. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(FleetSite.host(0)))) {
      return socket.getLocalPort();
    }
  }

  private void publish(Path folder, Path store) throws IOException, InterruptedException {
    Path release = Files.createDirectory(folder.resolve("release"));
    Files.writeString(release.resolve("content"), "nothing that anybody runs\n");
    List<String> command =
        command(
            List.of("-XX:TieredStopAtLevel=1"),
            "publish",
            release.toString(),
            "--commit",
            FleetSite.NEXT.id(),
            "--app",
            FleetSite.APP,
            "--store",
            store.toString());
    CommandRun published =
        CommandRun.of(command, workplace.variables(), folder.resolve("publish.log"));
    if (published.exitCode() != 0) {
      throw new IOException("the release was not published: " + published.complaints().strip());
    }
  }

  private Path members(Path folder, FleetSite site) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int number = 0; number < setting.members(); number++) {
      lines.append(site.address(number)).append(" zone-").append((char) ('a' + number % 3));
      lines.append(" instance-").append(number).append('\n');
    }
    return Files.writeString(folder.resolve("members"), lines);
  }

  private List<String> deploy(Path folder, Path store, Path fleet) {
    List<String> command =
        command(
            setting.flags(),
            "deploy",
            FleetSite.NEXT.id(),
            "--fleet",
            "file:" + fleet,
            "--app",
            FleetSite.APP,
            "--env",
            FleetSite.ENVIRONMENT,
            "--store",
            store.toString(),
            "--control-tls-ca",
            folder.resolve("authority.crt").toString(),
            "--control-tls-cert",
            folder.resolve("command.crt").toString(),
            "--control-tls-key",
            folder.resolve("command.key").toString(),
            "--control-server-name",
            FleetSite.SERVER_NAME);
    command.addAll(setting.options());
    return command;
  }

  private List<String> command(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(flags);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Epoch epoch(Path store) throws IOException {
    try (EnvironmentRecord record =
        new EnvironmentRecord(
            SharedObjects.open(
                new StoreLocation(store.toString(), FleetSite.APP, null, null, false)),
            FleetSite.APP,
            FleetSite.ENVIRONMENT)) {
      return record
          .newest()
          .orElseThrow(() -> new IOException("the command has left nothing in the record"));
    }
  }
}
