package dev.fastdeploy.agent.reload.redefine;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources that a test holds. */
final class Compiled {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private Compiled() {}

  /** Compiles for Java 17 with debug information. */
  static void into(Path directory, Map<String, String> sources) throws IOException {
    into(directory, sources, List.of("-g", "--release", "17"));
  }

  /**
   * Compiles into a directory of packages, which is made.
   *
   * @param sources by path
   */
  static void into(Path directory, Map<String, String> sources, List<String> options)
      throws IOException {
    Files.createDirectories(directory);
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((path, text) -> units.add(new Source(path, text)));
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-d", directory.toString(), "-proc:none", "-nowarn"));
    StringWriter messages = new StringWriter();
    if (!COMPILER.getTask(messages, null, null, all, null, units).call()) {
      throw new AssertionError("not compiled: " + messages);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
