package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryObjectsTest extends SharedObjectsContract {

  @TempDir Path directory;

  @Override
  SharedObjects objects() throws IOException {
    return new DirectoryObjects(directory);
  }

  @Test
  void leavesNothingElseBehind() throws Exception {
    try (SharedObjects objects = objects()) {
      objects.create("fleet/a", bytes("1"));
      objects.create("fleet/a", bytes("2"));
    }
    try (Stream<Path> files = Files.list(directory.resolve("fleet"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "fuse", "fuse.sshfs", "fuseblk", "9p"})
  void refusesFileSystemsOfSeveralMachines(String type) {
    assertThatThrownBy(() -> DirectoryObjects.refuse(directory, type))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + directory + "'")
        .hasMessageContaining("'" + type + "'");
  }

  @Test
  void saysWhatCannotBeWritten() throws Exception {
    Files.writeString(directory.resolve("fleet"), "a file");
    try (SharedObjects objects = objects()) {
      assertThatThrownBy(() -> objects.create("fleet/shop/a", bytes("1")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("could not be created");
    }
  }

  @Test
  void aStoreThatWasTakenAwayIsNotMadeAnew() throws Exception {
    Path root = directory.resolve("store");
    Path elsewhere = directory.resolve("elsewhere");
    try (SharedObjects objects = new DirectoryObjects(root)) {
      objects.create("fleet/a", bytes("1"));
      Files.move(root, elsewhere);

      assertThatThrownBy(() -> objects.create("fleet/b", bytes("2")))
          .hasMessageContaining("the store '" + root + "' is gone");
      assertThatThrownBy(() -> objects.read("fleet/a")).hasMessageContaining("is gone");
      assertThat(root).doesNotExist();

      Files.createDirectory(root);
      assertThatThrownBy(() -> objects.list("fleet", "", 9)).hasMessageContaining("another");

      Files.delete(root);
      Files.move(elsewhere, root);
      assertThat(objects.create("fleet/b", bytes("2"))).isTrue();
    }
  }
}
