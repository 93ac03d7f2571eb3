package dev.fastdeploy.release.store;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the SDK finds on this machine while a test runs: the credentials of {@link S3Server}, no
 * profiles, no metadata of an instance.
 */
final class AwsSettings implements BeforeEachCallback, AfterEachCallback {

  private static final String NO_FILE = "target/no-such-file";

  private final Map<String, @Nullable String> before = new TreeMap<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    set("aws.accessKeyId", S3Server.KEY);
    set("aws.secretAccessKey", S3Server.SECRET);
    set("aws.disableEc2Metadata", "true");
    set("aws.configFile", NO_FILE);
    set("aws.sharedCredentialsFile", NO_FILE);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    before.forEach(AwsSettings::setOrClear);
    before.clear();
  }

  /** Sets a system property for this test; null clears it. */
  void set(String property, @Nullable String value) {
    if (!before.containsKey(property)) {
      before.put(property, System.getProperty(property));
    }
    setOrClear(property, value);
  }

  private static void setOrClear(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
