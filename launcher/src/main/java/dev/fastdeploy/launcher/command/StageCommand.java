package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.release.HomeLimit;
import dev.fastdeploy.release.ReleaseStaging;
import dev.fastdeploy.release.StagingDeadline;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.StagingProgress;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fetches, verifies and lays out a release in a home on this machine. */
@Command(
    name = "stage",
    description =
        "Fetches, verifies and lays out a published commit in a home on this machine, beside the"
            + " release that runs there.")
final class StageCommand extends Subcommand {

  @Parameters(paramLabel = "COMMIT", description = "the commit to stage")
  private String commit = "";

  @Mixin private final ContentOptions content = new ContentOptions();

  StageCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return Stream.of(
            List.of(Setting.HOME, Setting.HOME_MAX_BYTES, Setting.STAGING_TIMEOUT), STORE, LIMITS)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  List<String> needs() {
    return List.of(Setting.HOME.option(), Setting.STORE.option(), Setting.APP.option());
  }

  @Override
  public Integer call() throws IOException {
    Commit wanted = new Commit(commit);
    Settings settings = settings();
    LocalHome home = LocalHome.of(settings);
    StagingLimits limits = StagingLimits.of(settings);
    HomeLimit homeLimit = HomeLimit.of(settings);
    boolean there = home.home().release(wanted).isPresent();
    try (PublishedReleases store = ReleaseStores.of(settings)) {
      Release release =
          new ReleaseStaging(home.home(), limits, homeLimit)
              .stage(
                  wanted,
                  content.sha256(),
                  store,
                  StagingDeadline.of(settings, StagingProgress.NONE));
      context()
          .out()
          .println(
              (there ? "'" + wanted + "' was staged before in '" : "staged '" + wanted + "' in '")
                  + release.directory()
                  + "'"
                  + content.doubt(home.home(), wanted));
    }
    return ExitCodes.DONE;
  }
}
