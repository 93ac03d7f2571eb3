package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.plan.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/**
 * The tasks of an Amazon ECS service. An account has 20 calls a second for everything that lists
 * and describes tasks, so a task is described only until its address is known: its network
 * interface stays with it.
 */
final class EcsTasks implements Origin {

  private static final int MOST_DESCRIBED = 100;
  private static final int USUAL_PORT = 7400;
  private static final int LONGEST_REASON = 200;
  private static final String NAME = "[A-Za-z0-9_-]{1,255}";
  private static final Pattern FORM =
      Pattern.compile("(" + NAME + ")/(" + NAME + ")(?::(\\d{1,5}))?");
  private static final Set<String> LIVE = Set.of("PRIMARY", "ACTIVE");
  private static final Set<String> ENDING =
      Set.of("DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED", "DELETED");

  private final String cluster;
  private final String service;
  private final int port;
  private final Supplier<EcsClient> connecting;
  private @Nullable EcsClient client;
  private Map<String, Found> known = new HashMap<>();

  private record Found(String host, String zone) {}

  private EcsTasks(String cluster, String service, int port, Supplier<EcsClient> connecting) {
    this.cluster = cluster;
    this.service = service;
    this.port = port;
    this.connecting = connecting;
  }

  /**
   * Reads {@code CLUSTER/SERVICE} or {@code CLUSTER/SERVICE:PORT}.
   *
   * @throws IllegalArgumentException if it is not understood, with the correct form
   */
  static EcsTasks of(String text) {
    return of(
        text,
        () -> EcsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build());
  }

  static EcsTasks of(String text, Supplier<EcsClient> connecting) {
    Matcher form = FORM.matcher(text);
    int port = USUAL_PORT;
    if (form.matches() && form.group(3) != null) {
      port = Integer.parseInt(form.group(3));
    }
    if (!form.matches() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "write ecs:CLUSTER/SERVICE or ecs:CLUSTER/SERVICE:PORT, both by their names, not by"
              + " ARNs");
    }
    return new EcsTasks(form.group(1), form.group(2), port, connecting);
  }

  @Override
  public SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException {
    return explained(() -> tasks(deadline));
  }

  @Override
  public SourceAnswer.Seen listBeforeDeploy(AnswerDeadline deadline) throws IOException {
    return explained(
        () -> {
          SourceAnswer.Seen seen = tasks(deadline);
          return new SourceAnswer.Seen(seen.members(), seen.complete(), rollout(deadline));
        });
  }

  /** A call to ECS. All of them fail in the same ways. */
  private interface Question {
    SourceAnswer.Seen ask() throws IOException;
  }

  private SourceAnswer.Seen explained(Question question) throws IOException {
    try {
      return question.ask();
    } catch (AwsServiceException answer) {
      throw new IOException(explain(answer), answer);
    } catch (SdkException noAnswer) {
      throw new IOException(explain(noAnswer), noAnswer);
    }
  }

  private SourceAnswer.Seen tasks(AnswerDeadline deadline) throws IOException {
    Set<String> listed = listed(deadline);
    known.keySet().retainAll(listed);
    List<String> unknown = listed.stream().filter(arn -> !known.containsKey(arn)).toList();
    boolean isComplete = true;
    for (int from = 0; from < unknown.size(); from += MOST_DESCRIBED) {
      int to = Math.min(from + MOST_DESCRIBED, unknown.size());
      isComplete &= describe(unknown.subList(from, to), deadline);
    }
    if (listed.isEmpty()) {
      throw new IOException(
          "the service '" + service + "' of the cluster '" + cluster + "' has no running task");
    }
    return new SourceAnswer.Seen(members(), isComplete);
  }

  /**
   * Returns what Amazon ECS is replacing by itself: it would end tasks in the middle of a deploy.
   */
  private String rollout(AnswerDeadline deadline) throws IOException {
    if (deadline.isOver()) {
      throw new IOException(
          "there was no time left to ask what the service is rolling out; try again");
    }
    List<Service> services =
        client()
            .describeServices(
                request ->
                    request
                        .cluster(cluster)
                        .services(service)
                        .overrideConfiguration(limits -> limits.apiCallTimeout(deadline.left())))
            .services();
    for (Service described : services) {
      List<String> rolled = new ArrayList<>();
      boolean isUnderWay = false;
      for (Deployment deployment : described.deployments()) {
        if (LIVE.contains(String.valueOf(deployment.status()))) {
          rolled.add(id(String.valueOf(deployment.taskDefinition())));
          isUnderWay |= deployment.rolloutState() == DeploymentRolloutState.IN_PROGRESS;
        }
      }
      for (TaskSet set : described.taskSets()) {
        if (LIVE.contains(String.valueOf(set.status()))) {
          rolled.add(id(String.valueOf(set.taskDefinition())));
        }
      }
      if (isUnderWay || rolled.size() > 1) {
        return "Amazon ECS is rolling out '"
            + rolled.get(0)
            + "' to the service '"
            + service
            + "'"
            + (rolled.size() > 1 ? ", in place of " + rolled.subList(1, rolled.size()) : "");
      }
    }
    return "";
  }

  private Set<String> listed(AnswerDeadline deadline) throws IOException {
    Set<String> arns = new LinkedHashSet<>();
    String next = null;
    do {
      String token = next;
      ListTasksResponse page =
          client()
              .listTasks(
                  request ->
                      request
                          .cluster(cluster)
                          .serviceName(service)
                          .desiredStatus(DesiredStatus.RUNNING)
                          .nextToken(token)
                          .overrideConfiguration(limits -> limits.apiCallTimeout(deadline.left())));
      arns.addAll(page.taskArns());
      next = page.nextToken();
      if (deadline.isOver()) {
        throw new IOException("the list of tasks could not be read completely in time; try again");
      }
    } while (next != null);
    return arns;
  }

  /** Keeps the addresses of tasks that have one. Returns false if one could not be described. */
  private boolean describe(List<String> arns, AnswerDeadline deadline) throws IOException {
    if (deadline.isOver()) {
      throw new IOException(
          known.size() + " tasks were described in time; the next attempt continues from there");
    }
    DescribeTasksResponse described =
        client()
            .describeTasks(
                request ->
                    request
                        .cluster(cluster)
                        .tasks(arns)
                        .overrideConfiguration(limits -> limits.apiCallTimeout(deadline.left())));
    for (Task task : described.tasks()) {
      String status = String.valueOf(task.lastStatus());
      String host = host(task);
      if (host.isEmpty() && status.equals("RUNNING")) {
        throw new IOException(
            "the task '"
                + id(task.taskArn())
                + "' has no address of its own (network mode bridge or host); use awsvpc in its"
                + " task definition, or list the instances with exec:COMMAND");
      }
      if (!host.isEmpty() && !isEnding(task, status)) {
        String zone = task.availabilityZone();
        known.put(task.taskArn(), new Found(host, zone == null ? "" : zone));
      }
    }
    // A task that ended since it was listed is missing; any other failure is unknown.
    return described.failures().stream().allMatch(failure -> "MISSING".equals(failure.reason()));
  }

  private static boolean isEnding(Task task, String status) {
    return ENDING.contains(status) || "STOPPED".equals(task.desiredStatus());
  }

  private static String host(Task task) {
    for (Attachment attachment : task.attachments()) {
      if ("ElasticNetworkInterface".equals(attachment.type())) {
        String ipv4 = detail(attachment, "privateIPv4Address");
        String ipv6 = detail(attachment, "ipv6Address");
        if (!ipv4.isEmpty() || !ipv6.isEmpty()) {
          return ipv4.isEmpty() ? "[" + ipv6 + "]" : ipv4;
        }
      }
    }
    return "";
  }

  private static String detail(Attachment attachment, String name) {
    for (KeyValuePair detail : attachment.details()) {
      if (name.equals(detail.name()) && detail.value() != null) {
        return detail.value();
      }
    }
    return "";
  }

  private List<Member> members() throws IOException {
    MemberList members = new MemberList();
    List<String> arns = new ArrayList<>(known.keySet());
    arns.sort(null);
    for (String arn : arns) {
      Found task = known.get(arn);
      if (task != null) {
        try {
          members.add(task.host() + ":" + port, task.zone(), id(arn));
        } catch (IllegalArgumentException wrong) {
          throw new IOException("the task '" + id(arn) + "': " + wrong.getMessage(), wrong);
        }
      }
    }
    return members.members();
  }

  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private synchronized EcsClient client() {
    EcsClient made = client;
    if (made == null) {
      made = connecting.get();
      client = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  private String explain(AwsServiceException answer) {
    String code =
        answer.awsErrorDetails() == null
            ? String.valueOf(answer.statusCode())
            : String.valueOf(answer.awsErrorDetails().errorCode());
    String reason = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorMessage();
    String told =
        "Amazon ECS answered "
            + code
            + (reason == null || reason.isEmpty()
                ? ""
                : ": " + Text.shortened(reason, LONGEST_REASON));
    return switch (code) {
      case "ClusterNotFoundException", "ServiceNotFoundException" ->
          told + "; check cluster '" + cluster + "', service '" + service + "' and AWS_REGION";
      case "AccessDeniedException" ->
          told + "; allow ecs:ListTasks, ecs:DescribeTasks and ecs:DescribeServices";
      case "ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException" ->
          told + "; check the AWS credentials of this process";
      default -> told;
    };
  }

  private static String explain(SdkException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Unable to load credentials")) {
      return "there are no AWS credentials; assign a role, or set AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY";
    }
    if (message.contains("Unable to load region")) {
      return "the region is not known; set AWS_REGION";
    }
    return "Amazon ECS cannot be asked: "
        + Text.shortened(Diagnostics.reason(failure), LONGEST_REASON);
  }
}
