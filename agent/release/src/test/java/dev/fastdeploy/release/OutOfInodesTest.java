package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutOfInodesTest {

  private static final Path HOME = Path.of("/home");
  private final IOException full =
      new FileSystemException("/home/x", null, "No space left on device");

  @Test
  void aFileSystemWithBytesLeftHasNoInodes() {
    assertThat(OutOfInodes.hint(full, path -> 5 << 20, HOME))
        .isEqualTo(
            "; 5242880 bytes are free, so the volume has run out of inodes (df -i): remove files"
                + " there, pack fewer, or give the volume more inodes");
    // A write says it without a path.
    assertThat(OutOfInodes.hint(new IOException("No space left on device"), path -> 5 << 20, HOME))
        .isNotEmpty();
  }

  @Test
  void aFullOneHasNeither() {
    assertThat(OutOfInodes.hint(full, path -> 4096, HOME)).isEmpty();
  }

  @Test
  void otherFailuresAreNoneOfIt() {
    assertThat(OutOfInodes.hint(new IOException("Input/output error"), path -> 5 << 20, HOME))
        .isEmpty();
    assertThat(
            OutOfInodes.hint(
                full,
                path -> {
                  throw new IOException("gone");
                },
                HOME))
        .isEmpty();
  }
}
