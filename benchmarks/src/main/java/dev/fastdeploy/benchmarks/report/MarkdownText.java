package dev.fastdeploy.benchmarks.report;

import java.util.regex.Pattern;

/** Keeps Markdown from seeing more in a text than its words. */
final class MarkdownText {

  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>|~$&]");
  private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

  /** The marks that turn a paragraph that starts with them into a heading, a list or a rule. */
  private static final Pattern BLOCK_MARK = Pattern.compile("^(\\d*)([-+#=.)])");

  private MarkdownText() {}

  /** A text on one line, for a heading or a cell. */
  static String inline(String text) {
    String line = LINE_BREAKS.matcher(text.strip()).replaceAll(" ");
    return Inline.write(line, MarkdownText::words, MarkdownText::code);
  }

  /** A text on one line that begins a block. */
  static String paragraph(String text) {
    return BLOCK_MARK.matcher(inline(text)).replaceFirst("$1\\\\$2");
  }

  private static String words(String words) {
    return SPECIAL.matcher(words).replaceAll("\\\\$0");
  }

  /** A table ends its cell at a bar even inside of code. */
  private static String code(String code) {
    return "`" + code.replace("|", "\\|") + "`";
  }
}
