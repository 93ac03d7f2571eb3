package dev.fastdeploy.demo;

import dev.fastdeploy.demo.Step.Expectation;
import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.S3ProxyProcess;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import dev.fastdeploy.demo.traffic.Judgement;
import dev.fastdeploy.demo.traffic.RequestResult;
import dev.fastdeploy.demo.traffic.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The demo from its first process to its last. */
final class Story {

  private static final String FIRST = "demo-1";
  private static final String SECOND = "demo-2";
  private static final String BROKEN = "demo-3-broken";
  private static final String APP = "demo";
  private static final String ENVIRONMENT = "laptop";
  private static final String BUCKET = "releases";

  /** Dense enough to see gaps of some hundredths of a second, light enough for a laptop. */
  private static final int PER_SECOND = 50;

  /** Traffic before the first step, to show that nothing is refused without one. */
  private static final Duration UNDISTURBED = Duration.ofSeconds(1);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
  private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(20);

  private final Playground playground;
  private final Jdk jdk;
  private final BuildOutput built;
  private final int count;
  private final PrintStream out;
  private final List<Instance> instances = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param jdk the JDK that runs the instances
   * @param built the directory of the product and the S3 server
   * @param count the number of instances
   * @param out gets a line on each thing that is done
   */
  Story(Playground playground, Jdk jdk, BuildOutput built, int count, PrintStream out) {
    this.playground = playground;
    this.jdk = jdk;
    this.built = built;
    this.count = count;
    this.out = out;
  }

  /**
   * Runs the demo; afterwards everything that it made is gone.
   *
   * @throws IOException if something other than a deploy goes wrong, with one clear line
   */
  Figures play() throws IOException, InterruptedException {
    Path product = built.fastdeployJar();
    S3ProxyProcess store = startStore();
    Path tokenFile = writeToken();
    List<String> storeOptions = storeOptions(store);
    Path fleetFile = playground.directory().resolve("fleet");
    Pipeline pipeline =
        new Pipeline(
            new FastdeployCommand(Jdk.running(), commandFlags(), product, commandVariables(store)),
            storeOptions,
            ENVIRONMENT,
            fleetFile,
            tokenFile);
    ReleaseBuilder builder = new ReleaseBuilder(playground.directory().resolve("builds"));
    Path image = builder.build(FIRST);
    publish(pipeline, FIRST, image);
    startInstances(product, store, storeOptions, image, tokenFile);
    Files.write(fleetFile, instances.stream().map(Instance::fleetLine).toList());
    publish(pipeline, SECOND, builder.build(SECOND));
    publish(pipeline, BROKEN, builder.build(new ServiceRelease(BROKEN, Fault.EXIT, 0)));
    awaitListening();

    Traffic traffic =
        playground.keep(new Traffic(instances.stream().map(Instance::port).toList(), PER_SECOND));
    traffic.start();
    long undisturbed = System.currentTimeMillis() + UNDISTURBED.toMillis();
    begin(pipeline);
    awaitAnswers(traffic, FIRST, undisturbed);

    say("deploying " + SECOND + " to one, the canary; to the others once it is proven there");
    step(
        "deploy of " + SECOND,
        FIRST,
        SECOND,
        SECOND,
        Expectation.DONE,
        pipeline.deploy(SECOND),
        traffic);
    say("rolling back, as an operator would who does not like " + SECOND);
    step(
        "rollback to " + FIRST,
        SECOND,
        FIRST,
        FIRST,
        Expectation.DONE,
        pipeline.rollback(),
        traffic);
    say("deploying " + BROKEN + ", which cannot start, to a canary as well");
    step(
        "deploy of " + BROKEN,
        FIRST,
        BROKEN,
        FIRST,
        Expectation.STOPPED_BY_CANARY,
        pipeline.deploy(BROKEN),
        traffic);

    Map<String, ToldStatus> statuses = pipeline.status();
    traffic.stop();
    return figures(traffic.results(), statuses, end(store));
  }

  private void say(String line) {
    out.println("demo: " + line);
  }

  private S3ProxyProcess startStore() throws IOException, InterruptedException {
    Path directory = Files.createDirectories(playground.directory().resolve("s3"));
    S3ProxyProcess store =
        playground.keep(
            S3ProxyProcess.start(
                Jdk.running(),
                built.s3ProxyJar(),
                playground.variables(),
                directory,
                BUCKET,
                START_TIMEOUT));
    say("an S3 server listens at " + store.endpoint());
    return store;
  }

  private static List<String> storeOptions(S3ProxyProcess store) {
    return List.of(
        "--store",
        "s3://" + store.bucket(),
        "--app",
        APP,
        "--store-endpoint",
        store.endpoint().toString(),
        "--store-region",
        S3ProxyProcess.REGION,
        "--store-path-style",
        "true");
  }

  private Path writeToken() throws IOException {
    Path file =
        Files.createFile(
            playground.directory().resolve("token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, UUID.randomUUID() + "\n");
  }

  /** Returns the flags of the JVMs. What libraries unpack must also be the demo's to remove. */
  private List<String> jvmFlags() throws IOException {
    return List.of(
        "-Djava.io.tmpdir=" + Files.createDirectories(playground.directory().resolve("tmp")));
  }

  private List<String> commandFlags() throws IOException {
    List<String> flags = new ArrayList<>(jvmFlags());
    flags.addAll(FastdeployCommand.SHORT_LIVED);
    return flags;
  }

  private Map<String, String> commandVariables(S3ProxyProcess store) {
    Map<String, String> variables = playground.variables();
    variables.putAll(store.credentials());
    variables.put("FASTDEPLOY_PAYLOAD_DIR", playground.directory().resolve("payload").toString());
    return variables;
  }

  private void publish(Pipeline pipeline, String commit, Path release)
      throws IOException, InterruptedException {
    pipeline.publish(commit, release);
    say("published " + commit);
  }

  private void startInstances(
      Path product, S3ProxyProcess store, List<String> storeOptions, Path image, Path tokenFile)
      throws IOException {
    List<Integer> ports = FreePorts.find(2 * count);
    for (int i = 0; i < count; i++) {
      int port = ports.get(2 * i);
      int controlPort = ports.get(2 * i + 1);
      LauncherProcess.Builder launcher =
          LauncherProcess.on(jdk, product)
              .directory(playground.directory())
              .option("--home", playground.directory().resolve("home-" + (i + 1)))
              .option("--release", image)
              .option("--commit", FIRST)
              .option("--ready", "http:" + port + "/health")
              .option("--ready-timeout", "20s")
              .option("--soak", "1s")
              // No client gives up before, however busy this machine is.
              .option("--hold-connections", Traffic.TIMEOUT.toSeconds() + "s")
              .option("--env", ENVIRONMENT)
              .option("--control-listen", "127.0.0.1:" + controlPort)
              .option("--control-token-file", tokenFile);
      jvmFlags().forEach(launcher::jvmFlag);
      for (int word = 0; word < storeOptions.size(); word += 2) {
        launcher.option(storeOptions.get(word), storeOptions.get(word + 1));
      }
      playground.variables().forEach(launcher::environment);
      store.credentials().forEach(launcher::environment);
      launcher.javaCommand(
          jvmFlags().get(0),
          "-cp",
          ReleaseBuilder.JAR,
          ReleaseBuilder.MAIN_CLASS,
          "--port",
          Integer.toString(port));
      instances.add(
          new Instance(
              i, port, controlPort, playground.keep("instance-" + (i + 1), launcher.start())));
    }
    say("started " + count + " instances of " + FIRST + " on JDK " + jdk.feature());
  }

  private void awaitListening() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    for (Instance instance : instances) {
      while (!instance.listens()) {
        if (!instance.launcher().alive()) {
          throw new IOException("the launcher of " + instance.name() + " has ended");
        }
        if (System.nanoTime() >= deadline) {
          throw new IOException(
              instance.name() + " does not listen after " + START_TIMEOUT.toSeconds() + " s");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
      }
    }
  }

  /**
   * Makes the first deploy, because a rollback goes to the commit of an earlier deploy, and the
   * image's came by none. Until each instance can be deployed to, the command begins nothing.
   */
  private void begin(Pipeline pipeline) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    CommandResult result = pipeline.deploy(FIRST);
    while (result.exitCode() != 0) {
      if (System.nanoTime() >= deadline) {
        throw new IOException(
            "the first deploy, of what all run, ended with "
                + result.exitCode()
                + ": "
                + ToldDeploy.read(result.stdout()).reason()
                + String.join(" | ", result.stderr()));
      }
      result = pipeline.deploy(FIRST);
    }
    say("deployed " + FIRST + ", which all run, so that there is a deploy to go back to");
  }

  private void awaitAnswers(Traffic traffic, String commit, long sinceMillis)
      throws InterruptedException, IOException {
    for (Instance instance : instances) {
      if (traffic
          .await(
              request ->
                  request.instance() == instance.index()
                      && request.startMillis() >= sinceMillis
                      && request.answeredBy(commit),
              SETTLE_TIMEOUT)
          .isEmpty()) {
        throw new IOException(instance.name() + " does not answer as " + commit);
      }
    }
  }

  private void step(
      String name,
      String before,
      String commit,
      String after,
      Expectation expected,
      CommandResult result,
      Traffic traffic)
      throws IOException, InterruptedException {
    ToldDeploy deploy = ToldDeploy.read(result.stdout());
    deploy.results().forEach(line -> say("  " + line));
    result.stderr().forEach(line -> say("  the command said: " + line));
    awaitAnswers(traffic, after, result.endMillis());
    steps.add(
        new Step(
            name, before, commit, after, expected, result, System.currentTimeMillis(), deploy));
  }

  private Teardown end(S3ProxyProcess store) throws IOException, InterruptedException {
    say("stopping");
    for (Instance instance : instances) {
      instance.launcher().signal(Signal.TERM);
    }
    List<Integer> exitCodes = new ArrayList<>();
    for (Instance instance : instances) {
      exitCodes.add(instance.launcher().waitFor(STOP_TIMEOUT).orElse(-1));
    }
    store.signal(Signal.TERM);
    var unused = store.waitFor(STOP_TIMEOUT);
    int left = playground.living();
    playground.close();
    return new Teardown(exitCodes, left, Files.exists(playground.directory()));
  }

  private Figures figures(
      List<RequestResult> results, Map<String, ToldStatus> statuses, Teardown teardown) {
    List<StepFigures> figures = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      long next = i + 1 < steps.size() ? steps.get(i + 1).result().startMillis() : Long.MAX_VALUE;
      figures.add(
          new StepFigures(
              step,
              instances.stream()
                  .map(
                      instance ->
                          InstanceFigures.of(
                              step,
                              instance,
                              of(instance, results),
                              next,
                              statuses.getOrDefault(instance.target(), ToldStatus.UNKNOWN)))
                  .toList()));
    }
    Judgement totals = new Judgement(0, 0, 0, 0);
    for (Instance instance : instances) {
      List<RequestResult> history = of(instance, results);
      totals = totals.plus(Judgement.of(history, history, instance.books(), instance.running()));
    }
    return new Figures(jdk, PER_SECOND, figures, totals, teardown);
  }

  private static List<RequestResult> of(Instance instance, List<RequestResult> results) {
    return results.stream().filter(request -> request.instance() == instance.index()).toList();
  }
}
