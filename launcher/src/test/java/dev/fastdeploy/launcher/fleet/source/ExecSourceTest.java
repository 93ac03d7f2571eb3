package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecSourceTest extends LiveSourceContract {

  /** Ends without us, should a test fail to end it. */
  private static final String LONG = "300";

  @TempDir Path directory;

  @Override
  FleetSource finding(Duration patience, String... addresses) throws IOException {
    has(addresses);
    return FleetSources.parse(
        "exec:. " + directory.resolve("list.sh"),
        new SourceSettings(Map.of(), patience, FileOrigin.SETTLED, Path.of("none")));
  }

  @Override
  void has(String... addresses) throws IOException {
    does("printf '%s\\n' " + String.join(" ", addresses));
  }

  @Override
  void hasNobody() throws IOException {
    does("exit 0");
  }

  @Override
  void breaksOff() throws IOException {
    does("echo " + ONE + "; exit 1");
  }

  @Override
  void fails() throws IOException {
    does("exit 3");
  }

  @Override
  String isWrong() throws IOException {
    does("echo " + ONE + "; echo 'host:port z'");
    return "line 2: the target 'host:port' is not understood";
  }

  @Override
  void hangs() throws IOException {
    does("echo " + ONE + "; sleep " + LONG);
  }

  private void does(String script) throws IOException {
    Files.writeString(directory.resolve("list.sh"), "cd '" + directory + "'\n" + script + "\n");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    Path pids = directory.resolve("pids");
    if (Files.exists(pids)) {
      for (String pid : Files.readAllLines(pids)) {
        await().atMost(PATIENT).until(() -> isGone(pid));
      }
    }
  }

  private static boolean isGone(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException gone) {
      return true;
    }
  }

  @Test
  void aLineMayTellZoneAndId() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    does("echo '# mine'; echo 'a:1 eu-1a i-1'; printf 'b:2 - i-2'");

    assertThat(seen(source.ask()).members())
        .containsExactly(
            new Member(new MemberId("i-1"), "a:1", "eu-1a"),
            new Member(new MemberId("i-2"), "b:2", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "exit 3|the command ended with 3",
        "echo no >&2; echo 'no login --token abc' >&2; exit 1|"
            + "the command ended with 1: no login --token ***",
        "kill -9 $$|the command ended with 137",
        "no-such-program-here|the command ended with 127: ",
        "echo 'none here' >&2|the command printed no instance; it must print one host:port"
            + " [zone] [id] per line (it said: none here)",
        "echo a:1; echo a:1|line 2: the instance 'a:1' is named twice"
      })
  void saysWhyItCannotTell(String script, String why) throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    does(script);

    assertThat(why(source.ask())).startsWith(why);
  }

  @Test
  void whatPrintsWithoutEndIsEnded() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    does("echo $$ >> pids; yes a:1");

    assertThat(why(source.ask())).isEqualTo("the command prints more than 1048576 bytes");
  }

  @Test
  void itsLastWordsAreToldWhenItIsKilled() throws Exception {
    FleetSource source = opened(SHORT, ONE);
    does("echo 'asking the registry' >&2; sleep " + LONG);

    await()
        .atMost(PATIENT)
        .untilAsserted(
            () ->
                assertThat(why(source.ask()))
                    .isEqualTo(
                        "the command did not end in time and was killed: asking the registry"));
  }

  /** In the session, out of it, without a parent, and without the environment. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 300 & echo $! >> pids; wait",
        "(sleep 300 & echo $! >> pids) ; sleep 300",
        "(setsid sleep 300 & echo $! >> pids) ; sleep 300",
        "(env -i sleep 300 & echo $! >> pids) ; sleep 300",
        "trap '' TERM INT HUP; sleep 300 & echo $! >> pids; wait"
      })
  void whatItStartedIsKilledAtTheDeadline(String script) throws Exception {
    assumeTrue(Programs.has("setsid"), "there is no setsid here");
    FleetSource source = opened(SHORT, ONE);
    does("echo $$ >> pids; " + script);

    why(source.ask());
  }

  @Test
  void whatStaysInTheBackgroundIsNoAnswer() throws Exception {
    FleetSource source = opened(SHORT, ONE);
    does("(echo a:1; sleep 300; echo b:2) & echo $! >> pids");

    await()
        .atMost(PATIENT)
        .untilAsserted(
            () ->
                assertThat(why(source.ask()))
                    .isEqualTo(
                        "the command has ended, but not what it started in the background, which"
                            + " was killed; let it wait for that"));
  }

  @Test
  void whatLeftItsOutputIsEndedToo() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    does("sleep 300 >/dev/null 2>&1 & echo $! >> pids; echo a:1");

    assertThat(addresses(source.ask())).containsExactly("a:1");
  }

  /** What a grandchild prints after its parent's end belongs to the answer. */
  @Test
  void aPipeIsReadToItsEnd() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    does("for i in $(seq 1000 3000); do echo a:$i; done &");

    assertThat(addresses(source.ask())).hasSize(2001);
  }

  /** As the terminal's Ctrl-C, which must not look like a failure of the source. */
  @Test
  void itHasASessionOfItsOwn() throws Exception {
    assumeTrue(Programs.has("setsid"), "there is no setsid here");
    FleetSource source = opened(PATIENT, ONE);
    does("[ $(cut -d' ' -f6 /proc/$$/stat) = $$ ] && echo a:1");

    assertThat(addresses(source.ask())).containsExactly("a:1");
  }

  @Test
  void itReadsNothing() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    does("cat; echo a:1");

    assertThat(addresses(source.ask())).isEqualTo(List.of("a:1"));
  }

  @Test
  void anEmptyCommandIsRefused() {
    assertThatThrownBy(() -> FleetSources.parse("exec: "))
        .hasMessage("the source 'exec:' names no command; write exec:COMMAND");
  }
}
