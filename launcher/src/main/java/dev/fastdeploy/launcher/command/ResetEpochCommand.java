package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.contract.Setting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Makes a home accept fleet deploys from a record that was started afresh. */
@Command(
    name = "reset-epoch",
    description =
        "Forgets the newest fleet deploy that a home on this machine knows of, so that it accepts"
            + " deploys from a record that was started afresh. Until the next deploy, the owner of"
            + " an older one is not refused.")
final class ResetEpochCommand extends Subcommand {

  ResetEpochCommand(CommandContext context) {
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
    AtomicReference<@Nullable Fence> before = new AtomicReference<>();
    local
        .home()
        .change(
            state -> {
              before.set(state.fence());
              return state.withFence(null);
            });
    @Nullable Fence forgotten = before.get();
    context()
        .out()
        .println(
            forgotten == null
                ? "the home '" + local.home().given() + "' has no epoch; nothing has changed"
                : "forgot the epoch "
                    + forgotten.epoch()
                    + " of '"
                    + forgotten.app()
                    + "' in '"
                    + forgotten.environment()
                    + "'; the next fleet deploy is accepted whatever its epoch");
    return ExitCodes.DONE;
  }
}
