package dev.fastdeploy.launcher.supervisor.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of JSON that the launcher needs, since it may use no library: reads the top-level string
 * members of an object, and writes strings. Members of nested objects and arrays are skipped by
 * their depth.
 */
public final class Json {

  private static final Pattern TOKEN =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|[{}\\[\\]:,]|[^\\s{}\\[\\]:,\"]+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

  /** The digits of the code of a control character. */
  static final String HEX = "0123456789abcdef";

  private Json() {}

  /** Returns the string members of the outermost object; none if the text is not an object. */
  public static Map<String, String> strings(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    Matcher token = TOKEN.matcher(text);
    int depth = 0;
    Optional<String> pendingString = Optional.empty();
    Optional<String> name = Optional.empty();
    while (token.find()) {
      String word = token.group();
      switch (word) {
        case "{", "[" -> depth++;
        case "}", "]" -> depth--;
        case ":" -> name = depth == 1 ? pendingString : Optional.empty();
        case "," -> name = Optional.empty();
        default -> {
          pendingString = Optional.ofNullable(token.group(1)).map(Json::unescaped);
          if (depth == 1 && name.isPresent() && pendingString.isPresent()) {
            members.put(name.get(), pendingString.get());
          }
        }
      }
    }
    return members;
  }

  /** Appends a string with its quotes. */
  static void appendString(StringBuilder to, String string) {
    to.append('"');
    for (int i = 0; i < string.length(); i++) {
      char character = string.charAt(i);
      switch (character) {
        case '"', '\\' -> to.append('\\').append(character);
        case '\n' -> to.append("\\n");
        case '\t' -> to.append("\\t");
        case '\r' -> to.append("\\r");
        default -> {
          if (character < ' ') {
            to.append("\\u00")
                .append(HEX.charAt(character >> 4))
                .append(HEX.charAt(character & 15));
          } else {
            to.append(character);
          }
        }
      }
    }
    to.append('"');
  }

  private static String unescaped(String string) {
    return ESCAPE
        .matcher(string)
        .replaceAll(
            escape -> {
              String code = escape.group(1);
              String character =
                  switch (code.charAt(0)) {
                    case 'u' ->
                        code.length() == 5
                            ? String.valueOf((char) Integer.parseInt(code.substring(1), 16))
                            : "u";
                    case 'n' -> "\n";
                    case 't' -> "\t";
                    case 'r' -> "\r";
                    case 'b' -> "\b";
                    case 'f' -> "\f";
                    default -> code;
                  };
              return Matcher.quoteReplacement(character);
            });
  }
}
