package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The base of all subcommands. */
abstract class Subcommand implements Callable<Integer> {

  /** The settings by which this client shows who it is. */
  static final List<Setting> CONTROL =
      List.of(
          Setting.CONTROL_TOKEN_FILE,
          Setting.CONTROL_TLS_CA,
          Setting.CONTROL_TLS_CERT,
          Setting.CONTROL_TLS_KEY,
          Setting.CONTROL_SERVER_NAME);

  /** The settings that find a service of this machine, and the credentials for its agent. */
  static final List<Setting> HOME_AND_CONTROL =
      Stream.concat(Stream.of(Setting.HOME), CONTROL.stream()).toList();

  /** The settings that name the store. */
  static final List<Setting> STORE =
      List.of(
          Setting.STORE,
          Setting.APP,
          Setting.STORE_ENDPOINT,
          Setting.STORE_PLAIN_HTTP,
          Setting.STORE_REGION,
          Setting.STORE_PATH_STYLE,
          Setting.STORE_TIMEOUT);

  /** The settings that find the record of an environment. */
  static final List<Setting> RECORD =
      Stream.concat(STORE.stream(), Stream.of(Setting.ENV)).toList();

  /** The settings that find the record, and the credentials of this client. */
  static final List<Setting> RECORD_AND_CONTROL =
      Stream.concat(RECORD.stream(), CONTROL.stream()).toList();

  /** The options that name the record. */
  static final List<String> RECORD_OPTIONS =
      Stream.of(Setting.STORE, Setting.APP, Setting.ENV).map(Setting::option).toList();

  /** The settings that limit the size of a release. */
  static final List<Setting> LIMITS =
      List.of(Setting.RELEASE_MAX_BYTES, Setting.RELEASE_MAX_ENTRIES);

  private final CommandContext context;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  Subcommand(CommandContext context) {
    this.context = context;
  }

  /** Returns the settings that are options of this subcommand. */
  abstract List<Setting> reads();

  /** Returns the options that this subcommand never does without; none unless overridden. */
  List<String> needs() {
    return List.of();
  }

  /**
   * Returns the options that it shares with others and refuses itself, so that its help does not
   * offer them; none unless overridden.
   */
  List<String> refuses() {
    return List.of();
  }

  CommandContext context() {
    return context;
  }

  /** Returns the values of {@link #reads}. */
  Settings settings() {
    return SettingOptions.read(parsed(), reads(), context);
  }

  /** Returns what was written on the command line. */
  ParseResult parsed() {
    return spec.commandLine().getParseResult();
  }
}
