package dev.fastdeploy.demo.service;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * What a release of the service knows about itself: the resource {@code commit.properties} beside
 * its classes. So the answer to "which commit is this" comes with the code, whatever the
 * environment says.
 *
 * @param commit what it was built from
 * @param fault what is wrong with it on purpose
 * @param faultAfterMillis how long the fault takes to show, for those that take time
 */
public record ServiceRelease(String commit, Fault fault, long faultAfterMillis) {

  /** The resource, at the root of the service's jar. */
  public static final String RESOURCE = "commit.properties";

  private static final String COMMIT = "commit";
  private static final String FAULT = "broken";
  private static final String FAULT_AFTER = "broken.after.ms";

  /** The release that this class was loaded with. */
  static ServiceRelease own() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource =
        ServiceRelease.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (resource != null) {
        properties.load(resource);
      }
    }
    return of(properties);
  }

  /**
   * Reads the resource's content.
   *
   * @throws IllegalArgumentException if a value is not understood, with a message for the user
   */
  static ServiceRelease of(Properties properties) {
    return new ServiceRelease(
        properties.getProperty(COMMIT, "unreleased"),
        Fault.labelled(properties.getProperty(FAULT, Fault.NONE.label())),
        Long.parseLong(properties.getProperty(FAULT_AFTER, "0")));
  }

  /** The resource's content. */
  public String properties() {
    return COMMIT
        + "="
        + commit
        + "\n"
        + FAULT
        + "="
        + fault.label()
        + "\n"
        + FAULT_AFTER
        + "="
        + faultAfterMillis
        + "\n";
  }
}
