package dev.fastdeploy.launcher.fleet.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The text of files and commands: one {@code host:port [zone] [id]} per line; a {@code #} starts a
 * comment.
 */
final class MemberLines {

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

  private MemberLines() {}

  /**
   * Reads all lines.
   *
   * @throws IOException if a line is not understood, with its number and a message for the user
   */
  static SourceAnswer.Seen read(ByteBuffer bytes) throws IOException {
    MemberList members = new MemberList();
    int number = 0;
    for (String line : text(bytes).split("\n", -1)) {
      number++;
      String said = COMMENT.matcher(line).replaceFirst("").strip();
      if (!said.isEmpty()) {
        try {
          members.add(said);
        } catch (IllegalArgumentException wrong) {
          throw new IOException("line " + number + ": " + wrong.getMessage(), wrong);
        }
      }
    }
    return new SourceAnswer.Seen(members.members(), true);
  }

  private static String text(ByteBuffer bytes) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException binary) {
      throw new IOException(
          "it is not UTF-8 text; write one host:port [zone] [id] per line", binary);
    }
  }
}
