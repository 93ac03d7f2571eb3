package dev.fastdeploy.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of fastdeploy and of the Java that it runs on. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      if (file == null) {
        throw new IOException("fastdeploy.jar lacks its version.properties; build it again");
      }
      build.load(file);
    }
    return new String[] {
      "fastdeploy "
          + build.getProperty("version")
          + " (Java "
          + System.getProperty("java.version")
          + ")"
    };
  }
}
