package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Explains a failure of S3 in one line: what was refused, where, and what to do. */
final class S3Failures {

  private static final int FORBIDDEN = 403;
  private static final int SLOW_DOWN = 503;
  private static final int BAD_REQUEST = 400;
  private static final int MOVED = 301;
  private static final int MOVED_FOR_NOW = 307;
  private static final int LONGEST_REASON = 200;
  private static final int LONGEST_CREDENTIALS_REASON = 500;
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]+)'");
  private static final int DEEPEST_CAUSE = 20;

  /** Amazon's words if it says which permission is missing, perhaps one for the bucket's key. */
  private static final Pattern NOT_AUTHORIZED =
      Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");

  /** The operations on objects, with the permission that each needs. */
  enum Operation {
    READ("read", "s3:GetObject"),
    CREATE("created", "s3:PutObject"),
    WRITE("written", "s3:PutObject"),
    LIST("listed", "s3:ListBucket"),
    REMOVE("removed", "s3:DeleteObject");

    private final String done;
    private final String permission;

    Operation(String done, String permission) {
      this.done = done;
      this.permission = permission;
    }
  }

  private final StoreLocation location;
  private final StoreLocation.Bucket bucket;

  S3Failures(StoreLocation location, StoreLocation.Bucket bucket) {
    this.location = location;
    this.bucket = bucket;
  }

  /** Returns an object's name as a user knows it. */
  String place(String key) {
    String object = "'s3://" + bucket.name() + "/" + key + "'";
    return location.endpoint() == null ? object : object + " at " + location.endpoint();
  }

  static boolean isNoSuchBucket(S3Exception failure) {
    return code(failure).equals("NoSuchBucket");
  }

  /**
   * Returns whether S3 refused without saying why. It also answers so if an object is missing and
   * the caller may not list the bucket.
   */
  static boolean isAccessDenied(S3Exception failure) {
    String code = code(failure);
    return failure.statusCode() == FORBIDDEN && (code.isEmpty() || code.equals("AccessDenied"));
  }

  /**
   * Returns the failure as an exception whose message is for the user.
   *
   * @param intended the operation that failed
   */
  IOException explain(Operation intended, String key, SdkException failure) {
    String reason =
        failure instanceof S3Exception answer
            ? explain(intended, answer)
            : explainNoAnswer(failure);
    return new IOException(place(key) + " could not be " + intended.done + ": " + reason, failure);
  }

  private String explain(Operation intended, S3Exception answer) {
    String code = code(answer);
    return switch (code) {
      case "NoSuchBucket" -> "there is no bucket '" + bucket.name() + "'; check --store";
      case "ExpiredToken", "TokenRefreshRequired" ->
          "the credentials have expired ("
              + code
              + "); give this process new ones, or a role that renews them";
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" ->
          "the credentials were refused (" + code + "); check the AWS credentials of this process";
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraint",
          "IllegalLocationConstraintException" ->
          explainRegion(answer, code);
      case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture" ->
          "this machine's clock is wrong (" + code + "); set it";
      default -> explainStatus(intended, answer, code);
    };
  }

  private static String explainRegion(S3Exception answer, String code) {
    String region = regionOf(answer);
    return (region.isEmpty()
            ? "the bucket is in another region"
            : "the bucket is in the region '" + region + "'")
        + " ("
        + code
        + "); give it with --store-region"
        + (region.isEmpty() ? "" : " " + region);
  }

  /** Returns the region that an answer names, in a header or in the text of its error. */
  private static String regionOf(S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    if (details == null) {
      return "";
    }
    SdkHttpResponse response = details.sdkHttpResponse();
    String region =
        response == null ? "" : response.firstMatchingHeader("x-amz-bucket-region").orElse("");
    if (region.isEmpty() && details.errorMessage() != null) {
      Matcher named = EXPECTED_REGION.matcher(details.errorMessage());
      region = named.find() ? named.group(1) : "";
    }
    return REGION.matcher(region).matches() ? region : "";
  }

  private String explainStatus(Operation intended, S3Exception answer, String code) {
    boolean redirect =
        answer.statusCode() == MOVED
            || answer.statusCode() == MOVED_FOR_NOW
            || (answer.statusCode() == BAD_REQUEST && code.isEmpty());
    if (redirect && !regionOf(answer).isEmpty()) {
      return explainRegion(answer, String.valueOf(answer.statusCode()));
    }
    if (isAccessDenied(answer)) {
      return "access was denied; allow this process's AWS identity " + permission(intended, answer);
    }
    if (answer.statusCode() == SLOW_DOWN) {
      return "the service still asks to slow down after several attempts; try again later";
    }
    String details =
        answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorMessage();
    return "the service answered "
        + answer.statusCode()
        + (code.isEmpty() ? "" : " " + code)
        + (details == null ? "" : " (" + Text.shortened(details, LONGEST_REASON) + ")");
  }

  /** Returns the missing permission: the one that the answer names, or else what is needed. */
  private String permission(Operation intended, S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String message =
        details == null || details.errorMessage() == null ? "" : details.errorMessage();
    Matcher named = NOT_AUTHORIZED.matcher(message);
    if (named.find()) {
      return named.group(1);
    }
    return switch (intended) {
      case LIST -> intended.permission + " on the bucket";
      case READ ->
          intended.permission
              + " there, and s3:ListBucket on the bucket, without which an object that does not exist"
              + " looks the same";
      case CREATE, WRITE, REMOVE -> intended.permission + " there";
    };
  }

  private static String explainNoAnswer(SdkException failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    if (S3Credentials.areMissing(message)) {
      return Text.shortened(S3Credentials.explain(message), LONGEST_CREDENTIALS_REASON);
    }
    if (message.contains("Unable to load region")) {
      return "the region is not known; give it with --store-region or AWS_REGION";
    }
    Throwable root = rootOf(failure);
    if (root instanceof UnknownHostException) {
      return "the host '"
          + root.getMessage()
          + "' is unknown; check --store-endpoint and the region";
    }
    if (root instanceof SSLException) {
      return "no secure connection (" + shown(root) + "); check --store-endpoint";
    }
    if (root instanceof IOException) {
      return "the service cannot be reached ("
          + shown(root)
          + "); check --store-endpoint and the network";
    }
    return shown(root);
  }

  private static String shown(Throwable failure) {
    return Text.shortened(Diagnostics.reason(failure), LONGEST_REASON);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < DEEPEST_CAUSE; i++) {
      Throwable cause = root.getCause();
      if (cause == null) {
        break;
      }
      root = cause;
    }
    return root;
  }

  private static String code(S3Exception failure) {
    String code = failure.awsErrorDetails() == null ? null : failure.awsErrorDetails().errorCode();
    // An answer to HEAD has no body and therefore no code.
    return code == null || code.matches("[0-9]+") ? "" : code;
  }
}
