package dev.fastdeploy.demo.service;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The properties that distinguish a release of the service. The commit is in the code ({@link
 * Revision}); the fault is in the resource {@code fault.properties} beside the classes.
 *
 * @param commit the commit that it was built from
 * @param fault what is wrong with it on purpose
 * @param faultAfterMillis the time until the fault shows, for those that take time
 */
public record ServiceRelease(String commit, Fault fault, long faultAfterMillis) {

  /** The resource, at the root of the service's jar. */
  public static final String RESOURCE = "fault.properties";

  private static final String FAULT = "broken";
  private static final String FAULT_AFTER = "broken.after.ms";

  /** Returns the release that this class was loaded with. */
  static ServiceRelease own() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource =
        ServiceRelease.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (resource != null) {
        properties.load(resource);
      }
    }
    return of(Revision.commit(), properties);
  }

  /**
   * Parses the resource's content.
   *
   * @throws IllegalArgumentException if a value is not understood, with a message for the user
   */
  static ServiceRelease of(String commit, Properties properties) {
    return new ServiceRelease(
        commit,
        Fault.labelled(properties.getProperty(FAULT, Fault.NONE.label())),
        Long.parseLong(properties.getProperty(FAULT_AFTER, "0")));
  }

  /** Returns the resource's content; the same for all releases without a fault. */
  public String properties() {
    return FAULT + "=" + fault.label() + "\n" + FAULT_AFTER + "=" + faultAfterMillis + "\n";
  }
}
