package dev.fastdeploy.agent.staging;

import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.agent.deploy.Stager;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HelperJvm;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StagingWords;
import dev.fastdeploy.release.StagingDeadline;
import dev.fastdeploy.release.StagingProgress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Stages in a process of its own, of a lower priority, where the store needs the AWS SDK: that
 * costs a service more memory than the rest of the agent, and seconds of its processor's time. A
 * store in a directory is read in the service, and so is one in S3 where no such process can be.
 */
public final class StagerApart implements Stager {

  /** What the process takes for most releases, and some more. */
  private static final long NEEDED_MEGABYTES = 128;

  /** What it takes at most, where want of memory would end the service with it. */
  private static final long NEEDED_TOGETHER_MEGABYTES = 384;

  private static final long MEGABYTE = 1 << 20;

  /**
   * A third of the weight of a service's thread. Of the lowest priority, a staging on a busy
   * machine takes minutes, and a deploy may be what would relieve it.
   */
  private static final String NICENESS = "5";

  private static final List<Path> NICE = List.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"));

  /** A small young generation: nothing it makes lives long, but the names of a large release. */
  private static final List<String> LIMITS =
      List.of(
          "-Xms16m",
          "-Xmn8m",
          "-Xmx256m",
          "-Xss512k",
          "-XX:ReservedCodeCacheSize=24m",
          "-XX:-UsePerfData");

  private final @Nullable Home home;
  private final Settings settings;
  private final Path jar;
  private final Stager within;
  private final MemoryRoom memory;

  /**
   * @param home the service's home, if it has one
   * @param jar {@code fastdeploy.jar}
   */
  public StagerApart(@Nullable Home home, Settings settings, Path jar) {
    this(home, settings, jar, new StoreStager(home, settings), MemoryRoom.OF_THIS_PROCESS);
  }

  /**
   * @param within stages in this process
   */
  StagerApart(@Nullable Home home, Settings settings, Path jar, Stager within, MemoryRoom memory) {
    this.home = home;
    this.settings = settings;
    this.jar = jar;
    this.within = within;
    this.memory = memory;
  }

  @Override
  public Optional<String> unusableBecause() {
    Optional<String> reason = within.unusableBecause();
    if (reason.isPresent()) {
      return reason;
    }
    try {
      isWanted();
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of(Diagnostics.reason(wrong));
    }
  }

  /**
   * Returns true if stages are wanted apart.
   *
   * @throws IllegalArgumentException if the setting says neither, with a message for the user
   */
  private boolean isWanted() {
    String value = settings.required(Setting.STAGE_IN);
    return switch (value) {
      case "process" -> StoreStager.isInS3(settings);
      case "service" -> false;
      default ->
          throw new IllegalArgumentException(
              Setting.STAGE_IN.option()
                  + " '"
                  + settings.shown(Setting.STAGE_IN)
                  + "' is neither process nor service");
    };
  }

  @Override
  public void stage(Commit commit, ExpectedRelease expected, Progress progress) throws IOException {
    Home own = home;
    if (own == null || !isWanted()) {
      within.stage(commit, expected, progress);
      return;
    }
    // One for both attempts, and for a process that does not even look at its own.
    Progress limited = new Limited(progress, StagingDeadline.of(settings, StagingProgress.NONE));
    try {
      requireRoom();
      StagingRequest request = StagingRequest.of(commit, expected, settings);
      StagingProcess.stage(command(request.properties()), request, own, limited);
    } catch (NoAnswerException notApart) {
      Diagnostics.say("staging in the service's process: " + Diagnostics.reason(notApart));
      within.stage(commit, expected, limited);
    }
  }

  private record Limited(Progress deploy, StagingDeadline deadline) implements Progress {

    @Override
    public void bytes(long done, long total) {
      deploy.bytes(done, total);
    }

    @Override
    public void requireGoOn() throws IOException {
      deploy.requireGoOn();
      deadline.requireGoOn();
    }
  }

  private void requireRoom() throws NoAnswerException {
    OptionalLong room = memory.bytes();
    long needed = memory.endsAllTogether() ? NEEDED_TOGETHER_MEGABYTES : NEEDED_MEGABYTES;
    if (room.isPresent() && room.getAsLong() < needed * MEGABYTE) {
      throw new NoAnswerException(
          "a process of its own needs "
              + needed
              + " MB, and "
              + Math.max(0, room.getAsLong() / MEGABYTE)
              + " are free",
          null);
    }
  }

  private List<String> command(Properties properties) throws NoAnswerException {
    List<String> command = new ArrayList<>();
    NICE.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", NICENESS)));
    command.addAll(HelperJvm.command());
    command.addAll(LIMITS);
    command.addAll(HelperJvm.early(properties));
    command.add("-D" + Setting.PAYLOAD_DIR.property() + "=" + payloads());
    command.addAll(List.of("-jar", jar.toString(), StagingWords.COMMAND));
    return command;
  }

  /** Returns where the payload lies of which this class is a part, so that none is unpacked. */
  private static Path payloads() throws NoAnswerException {
    try {
      Path library =
          Path.of(StagerApart.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path payload = library.getParent();
      Path all = payload == null ? null : payload.getParent();
      return all == null ? library : all;
    } catch (URISyntaxException unusual) {
      throw new NoAnswerException("the payload's place is unknown: " + unusual.getMessage(), null);
    }
  }
}
