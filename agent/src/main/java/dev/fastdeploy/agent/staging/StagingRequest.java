package dev.fastdeploy.agent.staging;

import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HelperJvm;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Properties;

/**
 * What a process is to stage, and the system properties with which: the settings, and how to reach
 * the store. It goes by the standard input, for whoever may list processes can read their words.
 *
 * @param properties system properties of the process that stages; not copied
 */
record StagingRequest(Commit commit, ExpectedRelease expected, Properties properties) {

  private static final String COMMIT = "commit";
  private static final String APP = "app";
  private static final String DIGEST = "sha256";

  /** Far more than any command line may have. */
  private static final int LONGEST = 16 << 20;

  /** Returns the request of a service with these settings. */
  static StagingRequest of(Commit commit, ExpectedRelease expected, Settings settings) {
    Properties properties = HelperJvm.connections(System.getProperties());
    for (String name : new String[] {"user.home", "java.io.tmpdir"}) {
      properties.setProperty(name, System.getProperty(name, ""));
    }
    for (Setting setting : Setting.values()) {
      if (setting.isReadBy(Setting.Reader.AGENT)) {
        // An empty one hides what the environment says.
        properties.setProperty(setting.property(), settings.said(setting).orElse(""));
      }
    }
    return new StagingRequest(commit, expected, properties);
  }

  /** Writes it, and leaves the stream open. */
  void writeTo(OutputStream stream) throws IOException {
    Properties release = new Properties();
    release.setProperty(COMMIT, commit.id());
    release.setProperty(APP, expected.app());
    release.setProperty(DIGEST, expected.sha256());
    DataOutputStream out = new DataOutputStream(stream);
    write(release, out);
    write(properties, out);
    out.flush();
  }

  private static void write(Properties values, DataOutputStream out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    values.store(bytes, null);
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  /**
   * Reads one.
   *
   * @throws IOException if it is not whole
   */
  static StagingRequest readFrom(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    Properties release = read(in);
    Properties properties = read(in);
    return new StagingRequest(
        new Commit(release.getProperty(COMMIT, "")),
        new ExpectedRelease(release.getProperty(APP, ""), release.getProperty(DIGEST, "")),
        properties);
  }

  private static Properties read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("a request of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    Properties values = new Properties();
    values.load(new ByteArrayInputStream(bytes));
    return values;
  }
}
