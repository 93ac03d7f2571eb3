package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a container start its image's release, whatever its environment runs. */
@Command(
    name = "unfollow",
    description =
        "Makes the container of a home on this machine start its image's release from its next"
            + " start, instead of what its environment runs (--follow). This holds until"
            + " 'fastdeploy follow', or until the container comes from another image.")
final class UnfollowCommand extends Subcommand {

  private static final int LONGEST_REASON = 200;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why; shown at each start")
  private String reason = "";

  UnfollowCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return List.of(Setting.HOME);
  }

  @Override
  List<String> needs() {
    return List.of(Setting.HOME.option());
  }

  @Override
  public Integer call() throws IOException {
    String said = Text.shortened(Text.oneLine(reason).strip(), LONGEST_REASON);
    if (said.isEmpty()) {
      throw new IllegalArgumentException("--reason is empty; say why, for those who come later");
    }
    LocalHome local = LocalHome.of(settings());
    local.home().change(state -> state.withUnfollowed(said));
    context()
        .out()
        .println(
            "from its next start, the container of the home '"
                + local.home().given()
                + "' starts its image's release; 'fastdeploy follow' undoes that");
    return ExitCodes.DONE;
  }
}
