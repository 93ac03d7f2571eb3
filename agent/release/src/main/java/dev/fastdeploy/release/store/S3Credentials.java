package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * Says why the SDK found no credentials. The SDK reports all six places where it looked, at great
 * length; this class picks the one that somebody had configured.
 */
final class S3Credentials {

  private static final String NONE =
      "there are no AWS credentials; give the task or instance a role, or set AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY";

  private static final String ENVIRONMENT = "EnvironmentVariableCredentialsProvider";
  private static final String SYSTEM_PROPERTY = "SystemPropertyCredentialsProvider";
  private static final String WEB_IDENTITY = "WebIdentityTokenFileCredentialsProvider";
  private static final String PROFILE = "ProfileCredentialsProvider";
  private static final String CONTAINER = "ContainerCredentialsProvider";
  private static final String INSTANCE = "InstanceProfileCredentialsProvider";

  /** In the order in which they are asked. */
  private static final List<String> PROVIDERS =
      List.of(SYSTEM_PROPERTY, ENVIRONMENT, WEB_IDENTITY, PROFILE, CONTAINER, INSTANCE);

  private S3Credentials() {}

  /** Returns whether a failure says that there are none. */
  static boolean areMissing(String message) {
    return message.contains("Unable to load credentials from any");
  }

  /** Returns the reason, from the SDK's message. */
  static String explain(String message) {
    int reasons = message.indexOf(" : [" + SYSTEM_PROPERTY);
    if (reasons < 0) {
      return NONE;
    }
    for (String provider : PROVIDERS) {
      String reason = meant(provider, reasonOf(provider, message, reasons));
      if (!reason.isEmpty()) {
        return "the AWS credentials cannot be loaded: " + reason;
      }
    }
    return NONE;
  }

  /** Returns what a provider says if somebody had configured it, else an empty string. */
  private static String meant(String provider, String reason) {
    return switch (provider) {
      case SYSTEM_PROPERTY, ENVIRONMENT ->
          reason.contains("Secret key must be specified")
              ? "there is an access key (AWS_ACCESS_KEY_ID), but no AWS_SECRET_ACCESS_KEY"
              : "";
      case WEB_IDENTITY ->
          reason.startsWith("Either the environment variable")
              ? ""
              : "the web identity token"
                  + SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE
                      .getStringValue()
                      .map(file -> " '" + file + "' (AWS_WEB_IDENTITY_TOKEN_FILE)")
                      .orElse("")
                  + ": "
                  + reason;
      case PROFILE -> meantProfile(reason);
      case CONTAINER ->
          reason.startsWith("Cannot fetch credentials from container - neither")
              ? ""
              : "the container's credentials (AWS_CONTAINER_CREDENTIALS_…): " + reason;
      default ->
          reason.startsWith("IMDS credentials have been disabled")
                  || reason.startsWith("Failed to load credentials from IMDS")
              ? ""
              : "the instance's role: " + reason;
    };
  }

  private static String meantProfile(String reason) {
    String profile = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    if (!reason.startsWith("Profile file contained no credentials")) {
      return "the profile '" + profile + "': " + reason;
    }
    if (reason.contains("Profile(name=" + profile + ",")) {
      return "the profile '" + profile + "' contains no credentials";
    }
    // By default everybody has the profile 'default', even without any profiles.
    return profile.equals("default")
        ? ""
        : "there is no profile '"
            + profile
            + "' (AWS_PROFILE) in '"
            + ProfileFileSystemSetting.AWS_CONFIG_FILE.getStringValueOrThrow()
            + "' or '"
            + ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE.getStringValueOrThrow()
            + "'";
  }

  private static String reasonOf(String provider, String message, int from) {
    int at = message.indexOf(provider + "(", from);
    if (at < 0) {
      return "";
    }
    int open = 0;
    int end = at + provider.length();
    do {
      open += message.charAt(end) == '(' ? 1 : message.charAt(end) == ')' ? -1 : 0;
      end++;
    } while (open > 0 && end < message.length());
    int next = message.length();
    for (String other : PROVIDERS) {
      int there = message.indexOf(", " + other + "(", end);
      next = there < 0 ? next : Math.min(next, there);
    }
    String reason = message.substring(end, next).strip();
    reason = reason.startsWith(":") ? reason.substring(1).strip() : reason;
    return plain(
        next == message.length() && reason.endsWith("]")
            ? reason.substring(0, reason.length() - 1)
            : reason);
  }

  /** Rewrites Java's messages about files, which are the name of a class and that of the file. */
  private static String plain(String reason) {
    return reason
        .replace(NoSuchFileException.class.getName() + ":", "there is no file")
        .replace(AccessDeniedException.class.getName() + ":", "may not be read:")
        .replaceAll("\\b(?:[a-z][a-z0-9]*\\.)+[A-Z]\\w*(?:Exception|Error): ", "");
  }

  /**
   * Refuses profile files on which the SDK would fail later without naming them.
   *
   * @throws IOException if one is damaged or cannot be read, with a message for the user
   */
  static void checkProfiles() throws IOException {
    check(
        ProfileFileLocation.configurationFileLocation(),
        ProfileFile.Type.CONFIGURATION,
        "AWS_CONFIG_FILE");
    check(
        ProfileFileLocation.credentialsFileLocation(),
        ProfileFile.Type.CREDENTIALS,
        "AWS_SHARED_CREDENTIALS_FILE");
  }

  private static void check(Optional<Path> file, ProfileFile.Type type, String variable)
      throws IOException {
    if (file.isEmpty()) {
      return;
    }
    try {
      ProfileFile.builder().content(file.get()).type(type).build();
    } catch (RuntimeException damaged) {
      throw new IOException(
          "the AWS profiles in '"
              + file.get()
              + "' cannot be read: "
              + (damaged instanceof SdkException && damaged.getCause() != null
                  ? Diagnostics.reason(damaged.getCause())
                  : Diagnostics.reason(damaged))
              + "; repair the file, or name another with "
              + variable,
          damaged);
    }
  }
}
