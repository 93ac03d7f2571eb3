package dev.fastdeploy.agent;

import java.io.PrintStream;
import java.lang.instrument.Instrumentation;

/**
 * The entry that the JVM calls before the application's {@code main}. Any failure here ends in one
 * line on standard error, and the application starts.
 *
 * <p>Compiled for Java 8, so that an older JVM can say what is missing. It must therefore refer to
 * no other class of fastdeploy: the bootstrap, which needs Java 17, is looked up by name.
 */
public final class Premain {

  private static final int OLDEST_JAVA = 17;

  /**
   * Set in a JVM that has the agent. It is a property because a second agent may come from another
   * jar, with a class of its own.
   */
  private static final String ATTACHED = "fastdeploy.agent.attached";

  private Premain() {}

  /** Called by the JVM for {@code -javaagent}. Never throws. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    try {
      start(arguments == null ? "" : arguments, instrumentation);
    } catch (Throwable failure) {
      say("the agent does not run: " + cause(failure));
    }
  }

  private static void start(String arguments, Instrumentation instrumentation) throws Exception {
    if (isJdkTool(System.getProperty("jdk.module.main"))) {
      return;
    }
    String version = System.getProperty("java.specification.version", "");
    if (featureOf(version) < OLDEST_JAVA) {
      say("the agent needs Java " + OLDEST_JAVA + " or later; this JVM is Java " + version);
      return;
    }
    if (System.getProperty(ATTACHED) != null) {
      say("the agent is in this JVM already; keep one -javaagent option");
      return;
    }
    System.setProperty(ATTACHED, "true");
    Class.forName("dev.fastdeploy.agent.AgentBootstrap")
        .getMethod("start", String.class, Instrumentation.class)
        .invoke(null, arguments, instrumentation);
  }

  /**
   * Tells the launchers of keytool, javac, jcmd and other tools, which name their module, from
   * {@code java}, which does not.
   */
  private static boolean isJdkTool(String mainModule) {
    return mainModule != null && (mainModule.equals("java.base") || mainModule.startsWith("jdk."));
  }

  /** Returns 8 for "1.8" and 17 for "17", or 0 if the text is not a version. */
  private static int featureOf(String version) {
    String feature = version.startsWith("1.") ? version.substring(2) : version;
    try {
      return Integer.parseInt(feature);
    } catch (NumberFormatException unknown) {
      return 0;
    }
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.toString();
  }

  private static void say(String line) {
    PrintStream stderr = System.err;
    stderr.println("fastdeploy: " + line.replace('\n', ' '));
  }
}
