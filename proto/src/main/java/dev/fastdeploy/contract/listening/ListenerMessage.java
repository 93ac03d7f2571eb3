package dev.fastdeploy.contract.listening;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message of an agent about one listener, or the launcher's answer.
 *
 * @param name the listener's address, such as {@code *:8080}; the same in both processes
 * @param number of connections that the service lets wait, in {@link Kind#GIVE} and {@link
 *     Kind#LISTENS}; of listeners, in {@link Kind#HELD}; else 0
 */
public record ListenerMessage(Kind kind, String name, int number) {

  /** The longest message, in bytes. */
  public static final int LONGEST = 256;

  /** What a message is about. */
  public enum Kind {
    /** From an agent, with a descriptor: the listener is to be held. */
    GIVE,

    /** From an agent: it has given all. Answered by {@link #HELD}. */
    GIVEN,

    /** From the launcher: it holds so many listeners. */
    HELD,

    /** From an agent: its service binds the address. Answered by {@link #HERE} or {@link #NONE}. */
    ADOPT,

    /**
     * From an agent: its service binds the address again, beside a socket that is open. Answered by
     * {@link #HERE} with one that nobody has adopted, or {@link #NONE}.
     */
    ADOPT_ANOTHER,

    /** From the launcher, with a descriptor: the listener. */
    HERE,

    /** From the launcher: it holds none, or no more, for that port. */
    NONE,

    /** From an agent: its service lets so many connections wait. Not answered. */
    LISTENS,

    /** From an agent: its service could not bind the address. Not answered. */
    REFUSED,

    /** From an agent: what was adopted does not fit, and is to be closed. Answered by NONE. */
    DOES_NOT_FIT
  }

  /** Creates a message without a number. */
  public ListenerMessage(Kind kind, String name) {
    this(kind, name, 0);
  }

  /** Returns the message as it is sent. */
  public byte[] bytes() {
    return (kind.name() + " " + number + " " + name).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the message in some bytes; empty if there is none that is known. */
  public static Optional<ListenerMessage> parse(ByteBuffer bytes) {
    String[] words = StandardCharsets.UTF_8.decode(bytes.duplicate()).toString().split(" ", 3);
    try {
      return words.length < 3
          ? Optional.empty()
          : Optional.of(
              new ListenerMessage(Kind.valueOf(words[0]), words[2], Integer.parseInt(words[1])));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /** Returns the port in the name; empty if there is none. */
  public Optional<String> port() {
    int colon = name.lastIndexOf(':');
    return colon < 0 ? Optional.empty() : Optional.of(name.substring(colon + 1));
  }
}
