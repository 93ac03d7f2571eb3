package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.report.Sizes;
import dev.fastdeploy.launcher.training.Training;
import dev.fastdeploy.release.AddedFile;
import dev.fastdeploy.release.PackedRelease;
import dev.fastdeploy.release.ReleaseOrigin;
import dev.fastdeploy.release.ReleasePacker;
import dev.fastdeploy.release.ReleasePath;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.UnfinishedPublicationException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packs a build and puts it into the store. */
@Command(
    name = "publish",
    description =
        "Packs a directory, or takes a tarball, and puts it into the store as the release of a"
            + " commit. A published commit is never overwritten.")
final class PublishCommand extends Subcommand {

  @Parameters(
      paramLabel = "DIR|TARBALL",
      description =
          "the directory with the release's files, or a " + ReleaseFormat.TARBALLS + " of it")
  private Path source = Path.of("");

  @Option(
      names = "--commit",
      required = true,
      paramLabel = "ID",
      description = "the commit that the files were built from")
  private String commit = "";

  @Option(
      names = "--format",
      paramLabel = ReleaseFormat.SHORT_NAMES,
      description = "how to pack a directory (default: gz); a tarball is published as it is")
  private @Nullable String format;

  @Mixin private final TrainingOptions trainingOptions = new TrainingOptions();

  PublishCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return Stream.concat(STORE.stream(), LIMITS.stream()).toList();
  }

  @Override
  List<String> needs() {
    return List.of(Setting.STORE.option(), Setting.APP.option());
  }

  @Override
  public Integer call() throws IOException {
    Commit published = new Commit(commit);
    ReleaseFormat wanted = wantedFormat();
    if (!Files.exists(source)) {
      throw new IllegalArgumentException(
          "'" + source + "' does not exist; name the directory or the tarball of the build");
    }
    Optional<Training> training = trainingOptions.training(context().jar());
    Settings settings = settings();
    Path work = Files.createTempDirectory("fastdeploy-publish-");
    try (PublishedReleases store = ReleaseStores.of(settings)) {
      ReleasePacker packer =
          new ReleasePacker(StagingLimits.of(settings), new ReleaseOrigin(store.app(), published));
      if (isPublished(published, store)) {
        throw publishedBefore(published, store);
      }
      if (Files.exists(source.resolve(ProcessContract.ARCHIVES), LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalArgumentException(
            "'"
                + source
                + "' has '"
                + ProcessContract.ARCHIVES
                + "', archives of the classes of another build; remove that");
      }
      if (training.isEmpty()) {
        try (PackedRelease packed = packer.pack(source, wanted, work)) {
          publish(published, packed, store);
        }
      } else {
        publishTrained(training.get(), published, packer, store, work);
      }
    } finally {
      DurableFiles.deleteTree(work);
    }
    return ExitCodes.DONE;
  }

  /** What is trained is what is packed, even if somebody goes on building. */
  private void publishTrained(
      Training training, Commit commit, ReleasePacker packer, PublishedReleases store, Path work)
      throws IOException {
    if (!Files.isDirectory(source)) {
      throw new IllegalArgumentException(
          "'"
              + source
              + "' is a tarball, which is published as it is; with --train name the directory of"
              + " the build");
    }
    packer.requirePackable(source);
    Path build = Files.createDirectory(work.resolve("build"));
    Training.copy(source.toRealPath(), build);
    Training.Trained trained;
    try {
      trained = training.train(build, commit, Files.createDirectory(work.resolve("training")));
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    AddedFile archive = new AddedFile(new ReleasePath(trained.path()), trained.file());
    try (PackedRelease packed =
        packer.packDirectory(build, List.of(archive), wantedFormat(), work)) {
      publish(commit, packed, store);
      context()
          .out()
          .println(
              "with a class-data archive of "
                  + Sizes.text(Files.size(trained.file()))
                  + ": "
                  + trained.told());
    }
  }

  /** A publication that was interrupted is completed by the same bytes. */
  private boolean isPublished(Commit commit, PublishedReleases store) throws IOException {
    try {
      return store.find(commit).isPresent();
    } catch (UnfinishedPublicationException interrupted) {
      if (trainingOptions.wanted()) {
        throw new CommandException(
            Diagnostics.reason(interrupted)
                + ", which a training never does with the same bytes: remove that object, or publish"
                + " as another commit");
      }
      return false;
    }
  }

  private void publish(Commit commit, PackedRelease packed, PublishedReleases store)
      throws IOException {
    requireFormat(packed.format());
    try {
      store.publish(commit, packed.file(), packed.format(), packed.sha256());
    } catch (FileAlreadyExistsException raced) {
      throw publishedBefore(commit, store);
    }
    context()
        .out()
        .println(
            "published '"
                + commit
                + "' in "
                + store.description()
                + ": "
                + Sizes.text(packed.size())
                + ", sha256 "
                + packed.sha256());
  }

  private static CommandException publishedBefore(Commit commit, PublishedReleases store) {
    return new CommandException(
        "'"
            + commit
            + "' is already published in "
            + store.description()
            + ", and a published commit is never overwritten; publish the changed build as another"
            + " commit");
  }

  private ReleaseFormat wantedFormat() {
    String name = format;
    if (name == null) {
      // Gzip is the JDK's own: no native library is loaded into the service that unpacks it.
      return ReleaseFormat.TAR_GZ;
    }
    return ReleaseFormat.called(name).orElseThrow(() -> unknownFormat(name));
  }

  private static IllegalArgumentException unknownFormat(String name) {
    return new IllegalArgumentException(
        "--format '"
            + Text.shortened(name, 60)
            + "' is not known; write "
            + ReleaseFormat.SHORT_NAMES.replace("|", " or "));
  }

  /** A tarball stays as it is, so that what was tested is what is published. */
  private void requireFormat(ReleaseFormat packed) {
    if (format != null && packed != wantedFormat()) {
      throw new IllegalArgumentException(
          "'" + source + "' is not packed as --format '" + format + "' says; omit the option");
    }
  }
}
