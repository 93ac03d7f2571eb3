package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.BuildOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index by which the payload's loader opens a library; what it does not name is not found. */
class PayloadIndexIT {

  @ParameterizedTest
  @ValueSource(strings = {"payload/", "payload-fleet/"})
  void everyEntryOfEveryLibraryIsFoundByTheIndex(String folder) throws IOException {
    try (ZipFile jar = new ZipFile(BuildOutput.own().fastdeployJar().toFile())) {
      Map<String, Set<Integer>> index = new HashMap<>();
      for (String line : lines(jar, folder + "packages")) {
        String[] words = line.split(" ", -1);
        Set<Integer> places = new HashSet<>();
        Arrays.stream(words).skip(1).map(Integer::valueOf).forEach(places::add);
        index.put(words[0], places);
      }
      List<String> libraries = lines(jar, folder + "index");
      for (int place = 0; place < libraries.size(); place++) {
        String library = libraries.get(place).split(" ", 3)[2];
        try (ZipInputStream zip =
            new ZipInputStream(jar.getInputStream(jar.getEntry(folder + library)))) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            assertThat(index.get(key(entry.getName())))
                .as(entry + " of " + library)
                .contains(place);
          }
        }
      }
      assertThat(libraries).isNotEmpty();
    }
  }

  private static String key(String entry) {
    String name = entry.replaceFirst("^META-INF/versions/\\d+/", "");
    if (name.startsWith("META-INF/services/")) {
      return name;
    }
    return name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "/";
  }

  private static List<String> lines(ZipFile jar, String entry) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
