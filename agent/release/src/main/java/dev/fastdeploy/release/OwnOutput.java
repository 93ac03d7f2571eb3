package dev.fastdeploy.release;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises directories that fastdeploy itself has written: they are in a build if a home or a
 * cache was configured there, and no service needs them.
 */
final class OwnOutput {

  private static final Pattern PAYLOAD = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern UNFINISHED = Pattern.compile("\\.(unpacking|staging)-[0-9]+");

  /** A library that instances need, and one that only fleets need. */
  private static final String PAYLOADS_LIBRARY = "{fastdeploy-agent,jedis}-*.jar";

  private static final List<String> HOME = List.of("releases", "state", "run");

  private OwnOutput() {}

  /** Returns what fastdeploy has written there, or empty if it was not fastdeploy. */
  static Optional<String> what(Path directory) throws IOException {
    String name = String.valueOf(directory.getFileName());
    if (UNFINISHED.matcher(name).matches()) {
      return Optional.of("left over from an interrupted start or deploy of fastdeploy");
    }
    if (PAYLOAD.matcher(name).matches() && hasPayloadsLibrary(directory)) {
      return Optional.of("the unpacked libraries of fastdeploy");
    }
    return HOME.stream()
            .allMatch(part -> Files.isDirectory(directory.resolve(part), LinkOption.NOFOLLOW_LINKS))
        ? Optional.of("a home of fastdeploy")
        : Optional.empty();
  }

  private static boolean hasPayloadsLibrary(Path directory) throws IOException {
    try (DirectoryStream<Path> libraries = Files.newDirectoryStream(directory, PAYLOADS_LIBRARY)) {
      return libraries.iterator().hasNext();
    }
  }
}
