package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Text;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The person or job that runs a command, as the record of an environment shows it. */
final class Initiator {

  private static final int LONGEST = 200;

  private Initiator() {}

  /**
   * Returns the pipeline job, from the variables that Jenkins, GitHub Actions and GitLab set, or
   * else the user of this machine. This is what the initiator says about itself; it proves nothing.
   */
  static String of(CommandContext context) {
    Map<String, String> environment = context.environment();
    Properties properties = context.properties();
    String job =
        named(environment, "BUILD_TAG", "GITHUB_REPOSITORY", "CI_JOB_URL")
            + named(environment, "GITHUB_RUN_ID");
    String person =
        Stream.of(
                named(environment, "BUILD_USER_ID", "GITHUB_ACTOR", "GITLAB_USER_LOGIN"),
                properties.getProperty("user.name", ""))
            .filter(name -> !name.isBlank())
            .findFirst()
            .orElse("");
    String whole =
        Stream.of(person, job.strip())
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining(" in "));
    return Text.shortened(Text.oneLine(whole), LONGEST);
  }

  private static String named(Map<String, String> environment, String... names) {
    return Stream.of(names)
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .map(value -> value + ' ')
        .orElse("");
  }
}
