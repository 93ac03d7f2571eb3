package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Members as a source names them, each address and each id once: an instance that is asked twice
 * would count twice.
 */
final class MemberList {

  private static final int LONGEST_WORD = 200;
  private static final String FORM = "write host:port [zone] [id]";

  private final List<Member> members = new ArrayList<>();
  private final Set<String> addresses = new HashSet<>();
  private final Set<String> ids = new HashSet<>();

  /**
   * Adds {@code address [zone] [id]}, where {@code -} stands for an empty word.
   *
   * @throws IllegalArgumentException if it is not understood or already there, with a message for
   *     the user
   */
  void add(String line) {
    String[] words = line.strip().split("\\s+");
    if (words.length > 3) {
      throw new IllegalArgumentException(
          "'" + Text.shortened(line.strip(), 100) + "' is more than one instance; " + FORM);
    }
    add(words[0], word(words, 1), word(words, 2));
  }

  private static String word(String[] words, int index) {
    return index >= words.length || words[index].equals("-") ? "" : words[index];
  }

  /**
   * Adds a member.
   *
   * @param zone empty if not known
   * @param id empty if the source has none
   * @throws IllegalArgumentException as {@link #add(String)}
   */
  void add(String address, String zone, String id) {
    Target target = Target.parse(address);
    String shown = lowerCased(target);
    check("zone", zone, shown);
    check("id", id, shown);
    if (!addresses.add(unique(target))) {
      throw new IllegalArgumentException(
          "the instance '" + shown + "' is named twice; name each once");
    }
    MemberId named = new MemberId(id.isEmpty() ? shown : id);
    if (!ids.add(named.value())) {
      throw new IllegalArgumentException(
          "the id '"
              + named
              + "' of '"
              + shown
              + "' also belongs to another instance; give each its own");
    }
    members.add(new Member(named, shown, zone));
  }

  List<Member> members() {
    return members;
  }

  private static void check(String kind, String word, String address) {
    if (word.length() > LONGEST_WORD || !word.codePoints().allMatch(Text::showsAsItIs)) {
      throw new IllegalArgumentException(
          "the "
              + kind
              + " '"
              + Text.shortened(word, 40)
              + "' of '"
              + address
              + "' is not a valid "
              + kind
              + "; use at most "
              + LONGEST_WORD
              + " printable characters");
    }
  }

  private static String lowerCased(Target target) {
    return target instanceof Target.Port ? target.name().toLowerCase(Locale.ROOT) : target.name();
  }

  /** Returns the same text for all ways to write an address, without looking up names. */
  private static String unique(Target target) {
    if (target instanceof Target.Port port && port.host().contains(":")) {
      try {
        return InetAddress.getByName("[" + port.host() + "]").getHostAddress() + ":" + port.port();
      } catch (UnknownHostException malformed) {
        throw new IllegalArgumentException(
            "the target '"
                + target.name()
                + "' is not understood; '"
                + port.host()
                + "' is not an IPv6 address");
      }
    }
    return lowerCased(target);
  }
}
