package dev.fastdeploy.e2e;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs one command after the other in a JVM that has loaded what they need, until its standard
 * input ends. See {@link WarmCommand}.
 */
final class WarmCommandMain {

  private static final String ENTRY = "dev.fastdeploy.launcher.command.CommandEntry";

  private WarmCommandMain() {}

  /**
   * Runs what standard input says.
   *
   * @param arguments {@code fastdeploy.jar}, and where its libraries are unpacked
   */
  public static void main(String[] arguments) throws Exception {
    // Of the jar, which this module is not compiled against.
    Class<?> type = Class.forName("dev.fastdeploy.contract.Payload");
    Object jar = type.getConstructor(Path.class).newInstance(Path.of(arguments[0]));
    Object payload = type.getMethod("open", Path.class).invoke(jar, Path.of(arguments[1]));
    Method call = type.getMethod("call", ClassLoader.class, String.class, Map.class);
    DataInputStream input = new DataInputStream(System.in);
    try {
      while (true) {
        String[] words = new String[input.readInt()];
        for (int i = 0; i < words.length; i++) {
          words[i] = input.readUTF();
        }
        end(
            FileDescriptor.out,
            ""
                + call.invoke(
                    null, payload, ENTRY, Map.of("arguments", words, "jar", arguments[0])));
        end(FileDescriptor.err, "");
      }
    } catch (EOFException over) {
      // Whoever asked has ended.
    }
  }

  /** A line that no command prints: what it says holds no control character. */
  private static void end(FileDescriptor stream, String text) throws IOException {
    new FileOutputStream(stream)
        .write((WarmCommand.END + text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
