package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvFileTest {

  @TempDir Path folder;

  @Test
  void valuesStandAsTheyAreWritten() throws IOException {
    assertThat(
            read(
                """
                # a comment

                PLAIN=value\r
                  # indented
                  INDENTED=1
                QUOTED="a b" 'c'
                EXPANDED=$HOME ${X} {commit}
                SPACES= a # no comment\s
                EQUALS=a=b=c
                spring.profiles-active=prod
                TWICE=1
                TWICE=2
                EMPTY="""))
        .isEqualTo(
            Map.ofEntries(
                entry("PLAIN", "value"),
                entry("INDENTED", "1"),
                entry("QUOTED", "\"a b\" 'c'"),
                entry("EXPANDED", "$HOME ${X} {commit}"),
                entry("SPACES", " a # no comment "),
                entry("EQUALS", "a=b=c"),
                entry("spring.profiles-active", "prod"),
                entry("TWICE", "2"),
                entry("EMPTY", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "hunter2,there is no '='",
    "=hunter2,'' is not a variable name",
    "A B=hunter2,'A B' is not a variable name",
    "export A=hunter2,'export A' is not a variable name",
    "1A=hunter2,'1A' is not a variable name",
    "FASTDEPLOY_CHANNEL=hunter2,'FASTDEPLOY_CHANNEL' is between launcher and agent",
    "FASTDEPLOY_STORE=hunter2,use the option of run",
  })
  void aBadLineIsNamedWithoutItsValue(String line, String reason) throws IOException {
    assertThatThrownBy(() -> read("A=1\n\n" + line + "\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the env file '" + folder.resolve("env") + "', line 3: ")
        .hasMessageContaining(reason)
        .hasMessageContaining("put # before it")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> new EnvFile(missing).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the env file '" + missing + "' cannot be read")
        .hasMessageContaining("create it");
  }

  @Test
  void aFileThatIsNoTextIsNamed() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'A', '=', (byte) 0xff});

    assertThatThrownBy(() -> new EnvFile(binary).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not UTF-8 text");
  }

  private Map<String, String> read(String content) throws IOException {
    return new EnvFile(Files.writeString(folder.resolve("env"), content)).read();
  }
}
