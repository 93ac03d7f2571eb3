package dev.fastdeploy.benchmarks.report;

/** Keeps a browser from seeing more in a text than its words. */
final class HtmlText {

  private HtmlText() {}

  /** A text as content, its code marked. */
  static String inline(String text) {
    return Inline.write(text, HtmlText::escaped, code -> "<code>" + escaped(code) + "</code>");
  }

  /** A text as content or as the value of an attribute in double quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
