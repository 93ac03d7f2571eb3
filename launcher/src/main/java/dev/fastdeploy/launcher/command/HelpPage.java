package dev.fastdeploy.launcher.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of the command and its subcommands. Unlike picocli's own, it breaks lines at blanks
 * alone, so that {@code sha256:HEX} stays whole; its usage shows what is always needed and not each
 * of forty options; and it lists only what the subcommand takes, each in one spelling.
 */
final class HelpPage {

  private static final int WIDTH = 80;
  private static final int INDENT = 2;
  private static final int OPTION_COLUMN = 29;
  private static final int COMMAND_COLUMN = 18;

  private final int column;

  private final StringBuilder page = new StringBuilder();

  /**
   * @param column where explanations begin
   */
  private HelpPage(int column) {
    this.column = column;
  }

  /** Gives a subcommand its help. */
  static void ofSubcommand(CommandLine line, Subcommand subcommand) {
    Map<String, IHelpSectionRenderer> sections = line.getHelpSectionMap();
    Set<String> refused = Set.copyOf(subcommand.refuses());
    sections.put(
        UsageMessageSpec.SECTION_KEY_SYNOPSIS,
        help -> synopsis(help.commandSpec(), subcommand.needs()));
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help -> description(help.commandSpec()));
    sections.put(
        UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, help -> parameters(help.commandSpec()));
    sections.put(
        UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> options(help.commandSpec(), refused));
  }

  /** Gives the command without a subcommand its help. */
  static void ofRoot(CommandLine line) {
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> commands(help.commandSpec()));
  }

  private static String synopsis(CommandSpec spec, List<String> needs) {
    Set<String> needed = new LinkedHashSet<>(needs);
    spec.options().stream()
        .filter(OptionSpec::required)
        .map(OptionSpec::longestName)
        .forEach(needed::add);
    List<String> words = new ArrayList<>();
    for (String name : needed) {
      words.add(name + value(Objects.requireNonNull(spec.optionsMap().get(name), name)));
    }
    words.add("[options]");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      String label = parameter.paramLabel();
      words.add(parameter.required() ? label : "[" + label + "]");
    }
    String name = spec.qualifiedName() + " ";
    int indent = spec.usageMessage().synopsisHeading().length() + name.length();
    return name
        + lines(words, WIDTH - indent).stream()
            .collect(Collectors.joining("\n" + " ".repeat(indent), "", "\n"));
  }

  private static String description(CommandSpec spec) {
    List<String> words = words(text(spec.usageMessage().description()));
    return String.join("\n", lines(words, WIDTH)) + "\n";
  }

  private static String parameters(CommandSpec spec) {
    HelpPage list = new HelpPage(OPTION_COLUMN);
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      list.row(parameter.paramLabel(), text(parameter));
    }
    return list.page.toString();
  }

  private static String options(CommandSpec spec, Set<String> refused) {
    HelpPage list = new HelpPage(OPTION_COLUMN);
    spec.options().stream()
        .filter(option -> !option.hidden() && !refused.contains(option.longestName()))
        .sorted(Comparator.comparing(option -> option.longestName().replace('.', '-')))
        .forEach(option -> list.row(names(option) + value(option), text(option)));
    return list.page.toString();
  }

  private static String commands(CommandSpec spec) {
    HelpPage list = new HelpPage(COMMAND_COLUMN);
    spec.subcommands()
        .forEach(
            (name, command) ->
                list.row(name, text(command.getCommandSpec().usageMessage().description())));
    return list.page.toString();
  }

  /** Returns the names of an option. The spelling with dots is for those who know the setting. */
  private static String names(OptionSpec option) {
    return Arrays.stream(option.names())
        .filter(name -> name.indexOf('.') < 0)
        .collect(Collectors.joining(", "));
  }

  private static String value(OptionSpec option) {
    return option.arity().max() == 0 ? "" : "=" + option.paramLabel();
  }

  private static String text(ArgSpec argument) {
    return text(argument.description());
  }

  /** Returns a description, in which percent signs are doubled and a line end is {@code %n}. */
  private static String text(String... description) {
    return String.join(" ", description).replace("%n", "").replace("%%", "%");
  }

  private void row(String name, String text) {
    page.append(" ".repeat(INDENT)).append(name);
    int used = INDENT + name.length();
    if (used >= column - 1) {
      page.append('\n');
      used = 0;
    }
    for (String line : lines(words(text), WIDTH - column)) {
      page.append(" ".repeat(column - used)).append(line).append('\n');
      used = 0;
    }
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  /** Returns words in lines of at most a width. A longer word has a line of its own. */
  private static List<String> lines(List<String> words, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
