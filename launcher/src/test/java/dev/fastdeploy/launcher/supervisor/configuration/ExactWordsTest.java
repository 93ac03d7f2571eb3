package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether the launcher notices that it has read other words than it was given. */
class ExactWordsTest {

  private static final Charset ASCII = StandardCharsets.US_ASCII;
  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final byte[] GIVEN = "java\0-jar\0x\0--init\0Größe ?\0--\0x\0".getBytes(UTF_8);

  @Test
  void wordsThatAreTextInTheLocaleAreTaken() {
    assertThatCode(
            () ->
                ExactWords.requireArguments(List.of("--init", "Größe ?", "--", "x"), GIVEN, UTF_8))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                ExactWords.requireArguments(
                    List.of("Größe"),
                    "java\0Größe\0".getBytes(StandardCharsets.ISO_8859_1),
                    StandardCharsets.ISO_8859_1))
        .doesNotThrowAnyException();
    assertThatCode(() -> ExactWords.requireArguments(List.of("?"), bytes("java\0?\0"), ASCII))
        .doesNotThrowAnyException();
  }

  @Test
  void aWordThatWouldBeChangedIsNamedWithTheRemedy() {
    assertThatThrownBy(
            () ->
                ExactWords.requireArguments(
                    List.of("--init", decoded("Größe ?", ASCII), "--", "x"), GIVEN, ASCII))
        .hasMessageStartingWith(
            "the word 'Gr\\303\\266\\303\\237e ?' is not text in the launcher's locale (US-ASCII)")
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }

  @Test
  void bytesThatAreNoUtf8AreNot() {
    byte[] given = "java\0Größe\0".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> ExactWords.requireArguments(List.of("Gr\ufffd\ufffde"), given, UTF_8))
        .hasMessageContaining("'Gr\\366\\337e'");
  }

  @Test
  void ofTheEnvironmentOnlyWhatTheLauncherReadsIsHeldAgainstItsBytes() {
    byte[] raw = bytes("NAME=Größe\0FASTDEPLOY_HOME=/opt/Größe\0");

    assertThatCode(
            () ->
                ExactWords.requireVariables(
                    Map.of("NAME", "Gr?", "FASTDEPLOY_HOME", "/opt/Größe"), raw, UTF_8))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                ExactWords.requireVariables(
                    Map.of("FASTDEPLOY_HOME", decoded("/opt/Größe", ASCII)), raw, ASCII))
        .hasMessageStartingWith("the variable FASTDEPLOY_HOME with '/opt/Gr\\303");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String decoded(String text, Charset charset) {
    return new String(bytes(text), charset);
  }
}
