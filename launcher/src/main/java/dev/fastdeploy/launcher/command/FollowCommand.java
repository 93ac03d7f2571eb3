package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Undoes {@code unfollow}. */
@Command(
    name = "follow",
    description =
        "Makes the container of a home on this machine start with its environment's release again,"
            + " after 'fastdeploy unfollow'. Its launcher must run with --follow.")
final class FollowCommand extends Subcommand {

  FollowCommand(CommandContext context) {
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
    LocalHome local = LocalHome.of(settings());
    AtomicReference<@Nullable String> before = new AtomicReference<>();
    local
        .home()
        .change(
            state -> {
              before.set(state.unfollowed());
              return state.withUnfollowed(null);
            });
    @Nullable String reason = before.get();
    context()
        .out()
        .println(
            "the container of the home '"
                + local.home().given()
                + (reason == null
                    ? "' was not told to unfollow; nothing has changed"
                    : "' follows again from its next start (it was unfollowed: " + reason + ")"));
    return ExitCodes.DONE;
  }
}
