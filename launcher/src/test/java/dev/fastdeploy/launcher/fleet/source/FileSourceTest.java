package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSourceTest extends LiveSourceContract {

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = directory.resolve("fleet");
  }

  @Override
  FleetSource finding(Duration patience, String... addresses) throws IOException {
    has(addresses);
    return FleetSources.parse(
        "file:" + file,
        new SourceSettings(Map.of(), patience, Duration.ofMinutes(1), Path.of("none")));
  }

  @Override
  void has(String... addresses) throws IOException {
    write(String.join("\n", addresses) + "\n");
  }

  @Override
  void hasNobody() throws IOException {
    write("");
  }

  @Override
  void breaksOff() throws IOException {
    write(ONE + "\n" + TWO.substring(0, TWO.length() - 2));
  }

  @Override
  void fails() throws IOException {
    Files.delete(file);
  }

  @Override
  String isWrong() throws IOException {
    write(ONE + "\nhost:port\n");
    return "line 2: the target 'host:port' is not understood; write host:port";
  }

  @Override
  void hangs() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(30)));
  }

  /** Writes the file as somebody did long ago. */
  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  @Test
  void aLineMayTellZoneAndId() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    write("\uFEFF# fleet\r\n\n a:1   eu-1a\ti-0001  # the first\r\nb:2 eu-1b\nunix:/c - c\n");

    assertThat(seen(source.ask()).members())
        .containsExactly(
            new Member(new MemberId("i-0001"), "a:1", "eu-1a"),
            new Member(new MemberId("b:2"), "b:2", "eu-1b"),
            new Member(new MemberId("c"), "unix:/c", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:1 z i more|line 1: 'a:1 z i more' is more than one instance",
        "a:1;A:1|line 2: the instance 'a:1' is named twice",
        "a:1 z i;b:1 z i|line 2: the id 'i' of 'b:1' also belongs to another instance",
        "a:1 z\u200Be|line 1: the zone 'z?e' of 'a:1' is not a valid zone",
        "#a:1; #|names no instance"
      })
  void aLineThatIsWrongIsNamed(String lines, String why) throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    write(lines.replace(';', '\n') + "\n");

    assertThat(why(source.ask())).contains(why);
  }

  @Test
  void whatIsNoTextIsRefused() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    Files.write(file, new byte[] {'a', (byte) 0xff, '\n'});
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));

    assertThat(why(source.ask())).contains("is not UTF-8 text");
  }

  @Test
  void aDirectoryIsNoFile() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    Files.delete(file);
    Files.createDirectory(file);

    assertThat(why(source.ask())).contains("'" + file + "' is not a file");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    fails();

    assertThat(why(source.ask())).contains("'" + file + "' does not exist");
  }

  /** A writer that pauses between two lines. */
  @Test
  void aFileThatGrowsIsNotBelieved() throws Exception {
    FleetSource source = opened(SHORT, ONE, TWO);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write((ONE + "\n").getBytes(StandardCharsets.UTF_8));
      assertThat(why(source.ask())).contains("is being written");
    }
  }

  /** A clock that was set back must not make a file young for ever. */
  @Test
  void aFileOfTheFutureIsBelievedOnceItStays() throws Exception {
    has(ONE);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3600)));
    FleetSource source =
        FleetSources.parse(
            "file:" + file,
            new SourceSettings(Map.of(), PATIENT, Duration.ofMillis(200), Path.of("none")));

    assertThat(addresses(source.ask())).containsExactly(ONE);
  }

  @Test
  void anEmptyPathIsRefused() {
    assertThatThrownBy(() -> FleetSources.parse("file:"))
        .hasMessage("the source 'file:' names no file; write file:PATH");
  }
}
