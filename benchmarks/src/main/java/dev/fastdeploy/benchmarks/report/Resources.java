package dev.fastdeploy.benchmarks.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts on the class path. */
final class Resources {

  private Resources() {}

  static String text(String name) throws IOException {
    try (InputStream content = Resources.class.getClassLoader().getResourceAsStream(name)) {
      if (content == null) {
        throw new FileNotFoundException(
            "the class path has no '"
                + name
                + "': start the benchmarks from their jar, beside lib/");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
