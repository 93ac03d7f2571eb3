package dev.fastdeploy.contract.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibraryFileTest {

  private static final String LIBRARY = Machine.named("amd64").orElseThrow().file();

  @TempDir Path folder;
  private final List<Path> loaded = new ArrayList<>();
  private Path home;
  private Path temporary;

  @BeforeEach
  void makeThem() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    // Whatever the umask is.
    temporary =
        Files.createDirectory(
            folder.resolve("temporary"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void liesBesideTheSocketForItsOwnerAloneAndForAMoment() throws IOException {
    load();

    assertThat(loaded).singleElement().returns(home, Path::getParent);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void liesInTheTemporaryDirectoryWhereTheHomeIsNoexec() throws IOException {
    load(home);

    assertThat(loaded).singleElement().returns(temporary, Path::getParent);
    assertThat(home).isEmptyDirectory();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void liesInTheTemporaryDirectoryWhereTheHomeCannotBeWritten() throws IOException {
    Files.delete(home);

    load();

    assertThat(loaded).singleElement().returns(temporary, Path::getParent);
  }

  @Test
  void tellsOfBothWhereNeitherAllowsIt() {
    assertThatThrownBy(() -> load(home, temporary))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the native library cannot be loaded from '%s': UnsatisfiedLinkError: noexec; nor from"
                + " '%s': UnsatisfiedLinkError: noexec",
            home, temporary);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void isNotLoadedWhereOthersCanReplaceIt() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> load(home)).hasMessageContaining("chmod +t");
    assertThat(loaded).isEmpty();

    Files.setAttribute(temporary, "unix:mode", 01777);
    load(home);

    assertThat(loaded).singleElement().returns(temporary, Path::getParent);
  }

  /** As a JVM that finds some directories mounted noexec. */
  private void load(Path... noexec) throws IOException {
    LibraryFile.load(
        LIBRARY,
        home.resolve("listen.sock"),
        temporary,
        new Kernel() {
          @Override
          public void load(String library) {
            Path file = Path.of(library);
            assertThat(file).isNotEmptyFile();
            assertThat(permissions(file)).isEqualTo("rwx------");
            if (List.of(noexec).contains(file.getParent())) {
              throw new UnsatisfiedLinkError("noexec");
            }
            loaded.add(file);
          }

          @Override
          public long address(ByteBuffer buffer) {
            throw new AssertionError(buffer);
          }

          @Override
          public long call(long number, long a, long b, long c, long d, long e, long f) {
            throw new AssertionError(number);
          }
        });
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
