package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Against a server that answers as the JSON API of Amazon ECS documents. */
class EcsSourceTest extends LiveSourceContract {

  private static final String ARN = "arn:aws:ecs:eu-west-1:123456789012:task/prod/";

  private final Map<String, String> tasks = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private CountDownLatch answering = new CountDownLatch(0);
  private volatile String deployments = deployment("PRIMARY", "COMPLETED", 42);
  private volatile String taskSets = "";
  private volatile String failing = "";
  private volatile String failure = "";
  private volatile int failureStatus = 400;
  private HttpServer server = create();

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @BeforeEach
  void startServer() {
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stopServer() {
    answering.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String call = target.substring(target.lastIndexOf('.') + 1);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(call);
    try {
      answering.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    boolean fails = call.equals(failing);
    byte[] answer = (fails ? failure : answer(call, body)).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(fails ? failureStatus : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String answer(String call, String body) {
    return switch (call) {
      case "ListTasks" -> listed(body);
      case "DescribeTasks" -> described(body);
      default ->
          "{\"services\":[{\"serviceName\":\"shop\",\"status\":\"ACTIVE\",\"deployments\":["
              + deployments
              + "],\"taskSets\":["
              + taskSets
              + "]}],\"failures\":[]}";
    };
  }

  /** As ECS tells a deployment of a service, or a task set where another controls it. */
  private static String deployment(String status, String rollout, int revision) {
    return "{\"id\":\"ecs-svc/1\",\"status\":\""
        + status
        + "\",\"taskDefinition\":\"arn:aws:ecs:eu-west-1:1:task-definition/shop:"
        + revision
        + "\",\"desiredCount\":2"
        + (rollout.isEmpty() ? "" : ",\"rolloutState\":\"" + rollout + "\"")
        + "}";
  }

  /** A page for each two tasks. */
  private String listed(String request) {
    List<String> ids = List.copyOf(tasks.keySet());
    int from = request.contains("nextToken") ? Integer.parseInt(token(request)) : 0;
    int to = Math.min(from + 2, ids.size());
    List<String> page = ids.subList(from, to).stream().map(id -> "\"" + ARN + id + "\"").toList();
    return "{\"taskArns\":["
        + String.join(",", page)
        + "]"
        + (to < ids.size() ? ",\"nextToken\":\"" + to + "\"" : "")
        + "}";
  }

  private static String token(String request) {
    return request.replaceAll(".*\"nextToken\":\"(\\d+)\".*", "$1");
  }

  private String described(String request) {
    List<String> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : tasks.keySet()) {
      if (request.contains("/" + id + "\"")) {
        (tasks.get(id).isEmpty() ? missing : found)
            .add(tasks.get(id).isEmpty() ? missing(id) : tasks.get(id));
      }
    }
    return "{\"tasks\":["
        + String.join(",", found)
        + "],\"failures\":["
        + String.join(",", missing)
        + "]}";
  }

  private static String missing(String id) {
    return "{\"arn\":\"" + ARN + id + "\",\"reason\":\"MISSING\"}";
  }

  private void task(String id, String status, String ip) {
    tasks.put(
        id,
        "{\"taskArn\":\""
            + ARN
            + id
            + "\",\"lastStatus\":\""
            + status
            + "\",\"desiredStatus\":\"RUNNING\",\"availabilityZone\":\"eu-west-1a\","
            + "\"attachments\":["
            + (ip.isEmpty()
                ? ""
                : "{\"type\":\"ElasticNetworkInterface\",\"status\":\"ATTACHED\",\"details\":["
                    + "{\"name\":\"subnetId\",\"value\":\"subnet-1\"},"
                    + "{\"name\":\"privateIPv4Address\",\"value\":\""
                    + ip
                    + "\"}]}")
            + "]}");
  }

  @Override
  FleetSource finding(Duration patience, String... addresses) {
    has(addresses);
    EcsTasks origin = EcsTasks.of("prod/shop", this::client);
    return new BoundedSource("ecs:prod/shop", origin, patience);
  }

  private EcsClient client() {
    return EcsClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Override
  void has(String... addresses) {
    answering.countDown();
    failing = "";
    tasks.clear();
    for (String address : addresses) {
      String ip = address.substring(0, address.indexOf(':'));
      task("t" + ip.replace('.', 'x'), "RUNNING", ip);
    }
  }

  @Override
  void hasNobody() {
    tasks.clear();
  }

  @Override
  void breaksOff() {
    task("t9", "RUNNING", "10.0.0.9");
    fails("DescribeTasks", 500, "ServerException", "not now");
  }

  @Override
  void fails() {
    fails("ListTasks", 400, "ThrottlingException", "Rate exceeded");
  }

  private void fails(String call, int status, String code, String message) {
    failureStatus = status;
    failure = "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}";
    failing = call;
  }

  @Override
  String isWrong() {
    task("t9", "RUNNING", "10.0.0");
    task("t8", "RUNNING", "no ip");
    return "the task 't8': the target 'no ip:7400' is not understood";
  }

  @Override
  void hangs() {
    answering = new CountDownLatch(1);
  }

  @Test
  void aTaskIsAMemberByItsArn() throws Exception {
    FleetSource source = opened(PATIENT);
    task("0a1b", "RUNNING", "10.0.0.1");

    assertThat(seen(source.ask()).members())
        .containsExactly(new Member(new MemberId("0a1b"), ONE, "eu-west-1a"));
  }

  @Test
  void onlyNewTasksAreDescribed() throws Exception {
    FleetSource source = opened(PATIENT, ONE, TWO, THREE);
    source.ask();
    calls.clear();
    source.ask();
    assertThat(calls).containsExactly("ListTasks", "ListTasks");
    calls.clear();
    task("t4", "RUNNING", "10.0.0.4");
    assertThat(addresses(source.ask())).hasSize(4);
    assertThat(calls).containsExactly("ListTasks", "ListTasks", "DescribeTasks");
  }

  @Test
  void whoStartsIsAMemberOnceItHasAnAddress() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    task("t2", "PENDING", "10.0.0.2");
    task("t3", "PROVISIONING", "");
    assertThat(addresses(source.ask())).containsExactlyInAnyOrder(ONE, TWO);

    task("t3", "PENDING", "10.0.0.3");
    assertThat(addresses(source.ask())).containsExactlyInAnyOrder(ONE, TWO, THREE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"})
  void whoEndsIsNoMember(String status) throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    task("t2", status, "10.0.0.2");

    assertThat(addresses(source.ask())).containsExactly(ONE);
  }

  @Test
  void whoEndedSinceItWasListedIsNoMember() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    tasks.put("t2", "");

    assertThat(addresses(source.ask())).containsExactly(ONE);
  }

  @Test
  void aTaskWithoutAnAddressOfItsOwnIsRefused() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    task("t2", "RUNNING", "");

    assertThat(why(source.ask()))
        .startsWith("the task 't2' has no address of its own (network mode bridge or host); use");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PRIMARY,COMPLETED,42|",
        "PRIMARY,,42|",
        "PRIMARY,COMPLETED,42;INACTIVE,,41|",
        "PRIMARY,FAILED,42|",
        "PRIMARY,IN_PROGRESS,42|Amazon ECS is rolling out 'shop:42' to the service 'shop'",
        "PRIMARY,IN_PROGRESS,42;ACTIVE,COMPLETED,41|Amazon ECS is rolling out 'shop:42' to the"
            + " service 'shop', in place of [shop:41]",
        "PRIMARY,,42;ACTIVE,,41|Amazon ECS is rolling out 'shop:42' to the service 'shop', in place"
            + " of [shop:41]",
      })
  void whatThePlatformRollsOutIsTold(String all, @Nullable String told) throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    deployments =
        Stream.of(all.split(";"))
            .map(one -> one.split(","))
            .map(one -> deployment(one[0], one[1], Integer.parseInt(one[2])))
            .collect(Collectors.joining(","));

    assertThat(seen(source.askBeforeDeploy()).rollout()).isEqualTo(told == null ? "" : told);
  }

  @Test
  void taskSetsOfAnotherControllerAreARolloutWhileThereAreTwo() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    deployments = "";
    taskSets = deployment("PRIMARY", "", 42);
    assertThat(seen(source.askBeforeDeploy()).rollout()).isEmpty();

    taskSets = deployment("PRIMARY", "", 42) + "," + deployment("DRAINING", "", 40);
    assertThat(seen(source.askBeforeDeploy()).rollout()).isEmpty();

    taskSets = deployment("PRIMARY", "", 42) + "," + deployment("ACTIVE", "", 43);
    assertThat(seen(source.askBeforeDeploy()).rollout()).contains("'shop:42'", "[shop:43]");
  }

  /** A failure of it would keep a deploy that is under way from going on. */
  @Test
  void whatIsRolledOutIsNoQuestionDuringADeploy() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    deployments = deployment("PRIMARY", "IN_PROGRESS", 42);
    fails("DescribeServices", 400, "AccessDeniedException", "no");

    assertThat(seen(source.ask()).rollout()).isEmpty();
  }

  @Test
  void whoMayNotAskWhatIsRolledOutCannotTell() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    fails("DescribeServices", 400, "AccessDeniedException", "no");

    assertThat(why(source.askBeforeDeploy())).contains("ecs:DescribeServices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ThrottlingException|Amazon ECS answered ThrottlingException: Rate exceeded",
        "ClusterNotFoundException|Rate exceeded; check cluster 'prod', service 'shop'",
        "ExpiredTokenException|Rate exceeded; check the AWS credentials of this process",
        "AccessDeniedException|Rate exceeded; allow ecs:ListTasks, ecs:DescribeTasks and ecs"
      })
  void theServicesReasonIsTold(String code, String why) throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    fails("ListTasks", 400, code, "Rate exceeded");

    assertThat(why(source.ask())).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ecs:",
        "ecs:shop",
        "ecs:prod/shop/x",
        "ecs:prod/shop:0",
        "ecs:prod/shop:65536",
        "ecs:arn:aws:ecs:eu-west-1:1:cluster/prod"
      })
  void whatIsNoServiceIsRefused(String text) {
    assertThatThrownBy(() -> FleetSources.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the source '" + text + "' is not understood; write ecs:CLUSTER/SERVICE");
  }
}
