package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Diagnostics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

  @TempDir Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private Consumer<String> speaker;

  @BeforeEach
  void listen() {
    speaker = Diagnostics.sayBy(said::add);
  }

  @AfterEach
  void listenNoMore() {
    Diagnostics.sayBy(speaker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--r-----", "rw-r-----"})
  void whatTheServicesGroupMayReadIsClosedEnough(String mode) throws Exception {
    read(mode);

    assertThat(said).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw----", "rw-r--r--", "rw-----w-"})
  void whatOthersMayReadOrTheGroupMayWriteIsWarnedOf(String mode) throws Exception {
    read(mode);

    assertThat(said)
        .singleElement()
        .asString()
        .contains(folder + "/token' is open to other users; set its mode to 600");
  }

  private void read(String mode) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "secret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    new TokenFile(file).requireReadable();
  }
}
