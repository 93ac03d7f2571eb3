package dev.fastdeploy.launcher.supervisor.output;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pipe for one stream of the service, whose reading end stays open until all writers have gone.
 *
 * <p>The pipes of {@link ProcessBuilder} are not enough: the JDK drains and closes their reading
 * end when the child exits, beside a reader that may be in the middle of a read, and descendants
 * that still write get SIGPIPE. Java has no call to pass a descriptor of its own to a child, but a
 * child's output may be redirected to a file, and {@code /proc/self/fd/N} of a pipe's writing end
 * is one (proc(5)).
 */
public final class OutputPipe implements AutoCloseable {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Pipe pipe;
  private final File writingEnd;

  private OutputPipe(Pipe pipe, File writingEnd) {
    this.pipe = pipe;
    this.writingEnd = writingEnd;
  }

  /**
   * Makes a pipe. Only the main thread does, so the pipe that is new is this one.
   *
   * @return empty if {@code /proc} does not show the descriptors
   */
  static Optional<OutputPipe> create() throws IOException {
    Pipe pipe = null;
    try {
      Map<Path, String> before = pipes();
      pipe = Pipe.open();
      for (Map.Entry<Path, String> entry : pipes().entrySet()) {
        if (!entry.getValue().equals(before.get(entry.getKey())) && isWritingEnd(entry.getKey())) {
          return Optional.of(new OutputPipe(pipe, entry.getKey().toFile()));
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // A hardened /proc: ProcessBuilder's own pipes are used.
    }
    if (pipe != null) {
      pipe.sink().close();
      pipe.source().close();
    }
    return Optional.empty();
  }

  /** Returns the end that the service writes to. */
  public ProcessBuilder.Redirect redirect() {
    return ProcessBuilder.Redirect.appendTo(writingEnd);
  }

  /**
   * Returns the end to read from, once the service was started and has its own descriptor: from now
   * on the service alone keeps the pipe open.
   */
  public InputStream readingEnd() throws IOException {
    pipe.sink().close();
    return Channels.newInputStream(pipe.source());
  }

  @Override
  public void close() throws IOException {
    pipe.sink().close();
    pipe.source().close();
  }

  private static Map<Path, String> pipes() throws IOException {
    Map<Path, String> pipes = new HashMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("pipe:")) {
            pipes.put(descriptor, target);
          }
        } catch (NoSuchFileException closedMeanwhile) {
          // For one, the stream over the directory itself.
        }
      }
    }
    return pipes;
  }

  /** Returns true for O_WRONLY: the last octal digit of the flags is then 1 (open(2), proc(5)). */
  private static boolean isWritingEnd(Path descriptor) throws IOException {
    Path info = Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName());
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("flags:"))
        .anyMatch(line -> line.endsWith("1"));
  }
}
