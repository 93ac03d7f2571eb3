package dev.fastdeploy.demo;

import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The command {@code demo.jar release}: writes a release of the service, to be put in an image or
 * published.
 */
@Command(
    name = "release",
    description = "Writes a release of the service to DIRECTORY/COMMIT, for an image or a store.",
    synopsisHeading = "Usage: ",
    customSynopsis = "java -jar demo.jar release COMMIT DIRECTORY")
final class ReleaseCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "COMMIT", description = "what it tells of itself")
  private String commit = "";

  @Parameters(index = "1", paramLabel = "DIRECTORY", description = "created if it is missing")
  private Path directory = Path.of("");

  private ReleaseCommand() {}

  @Override
  public Integer call() throws IOException {
    try {
      System.out.println(new ReleaseBuilder(directory).build(commit));
      return 0;
    } catch (FileAlreadyExistsException there) {
      throw new IllegalArgumentException(
          "the release '" + there.getFile() + "' exists already; remove it or take another commit",
          there);
    }
  }
}
