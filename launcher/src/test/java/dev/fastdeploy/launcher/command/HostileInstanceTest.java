package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Result;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An instance whose every text is hostile. The messages are filled by their descriptors, so that a
 * field that is added later is hostile too.
 */
class HostileInstanceTest {

  private static final String HOSTILE =
      "\u001b]0;owned\u0007\u001b[2J\u009b1A\r\nproven\u0085\u2028\u2029\u202edlrow\u200b\u0000";

  private static final int DEEPEST = 5;

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--timeout=20s"})
  void aStatusShowsItAsText(String option) throws Exception {
    ScriptedControl control = new ScriptedControl();
    control.status = (InstanceStatus) filled(InstanceStatus.newBuilder(), 0).build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run = run(false, "status", "--target", server.target(), option);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("owned", "dlrow");
      assertClean(run);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines", "terminal", "--json"})
  void aDeployShowsItAsText(String form) throws Exception {
    ScriptedControl control = new ScriptedControl();
    control.course(
        (deployId, events) -> {
          for (FieldDescriptor kind : DeployEvent.getDescriptor().getOneofs().get(0).getFields()) {
            DeployEvent.Builder event = ScriptedControl.event(deployId);
            event.setField(kind, filled(event.newBuilderForField(kind), 0).build());
            if (event.hasOutcome()) {
              event.getOutcomeBuilder().setDeployId(deployId).setResult(Result.RESULT_ROLLED_BACK);
            }
            if (!event.hasOutcome()) {
              events.onNext(event.build());
            }
          }
          events.onNext(
              ScriptedControl.outcome(
                  deployId,
                  ((Outcome.Builder) filled(Outcome.newBuilder(), 0))
                      .setResult(Result.RESULT_ROLLED_BACK)));
          events.onCompleted();
        });
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run =
          run(
              form.equals("terminal"),
              Stream.concat(
                      Stream.of("deploy", "new", "--target", server.target()),
                      form.startsWith("--") ? Stream.of(form) : Stream.empty())
                  .toArray(String[]::new));

      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.NOTHING_DONE + 1);
      assertThat(run.out()).contains("owned", "dlrow");
      assertClean(run);
    }
  }

  @Test
  void anErrorShowsItAsText() throws Exception {
    ScriptedControl control = new ScriptedControl();
    control.course(
        (deployId, events) ->
            events.onError(
                io.grpc.Status.PERMISSION_DENIED
                    .withDescription("no" + HOSTILE)
                    .asRuntimeException()));
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run = run(false, "deploy", "new", "--target", server.target());

      assertThat(run.exitCode()).isNotZero();
      assertClean(run);
    }
    assertClean(run(false, "deploy", HOSTILE, "--target", "localhost:1"));
    assertClean(run(false, HOSTILE));
    assertClean(run(false, "status", "--target", HOSTILE));
  }

  /** Line ends are the command's own; a terminal's rows are redrawn by two sequences alone. */
  private static void assertClean(CommandRun run) {
    String text = (run.out() + run.err()).replace("\u001b[1A", "").replace("\u001b[2K", "");
    assertThat(
            text.codePoints()
                .filter(codePoint -> codePoint != '\n' && !Text.showsAsItIs(codePoint))
                .mapToObj(Integer::toHexString))
        .as(text)
        .isEmpty();
    assertThat(text.lines()).noneMatch(line -> line.startsWith("proven"));
  }

  private static CommandRun run(boolean terminal, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        CommandEntry.run(
            new CommandContext(
                new dev.fastdeploy.launcher.report.CleanWriter(out),
                new dev.fastdeploy.launcher.report.CleanWriter(err),
                new Properties(),
                Map.of(),
                Clock.systemUTC(),
                terminal,
                80,
                Path.of("fastdeploy.jar")),
            List.of(arguments));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  private static Message.Builder filled(Message.Builder message, int depth) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean repeated = field.isRepeated();
      if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
        if (repeated) {
          message.addRepeatedField(field, HOSTILE);
        } else {
          message.setField(field, HOSTILE);
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth < DEEPEST) {
        Message inner = filled(message.newBuilderForField(field), depth + 1).build();
        if (repeated) {
          message.addRepeatedField(field, inner);
        } else {
          message.setField(field, inner);
        }
      }
    }
    return message;
  }
}
