package dev.fastdeploy.contract.listening;

import dev.fastdeploy.contract.descriptors.Descriptors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * An agent's end of the exchange of listeners with the launcher. Each call is a connection of its
 * own, and waits a second or two for a launcher that hangs. Thread-safe.
 */
public final class ListenerClient {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Descriptors descriptors;
  private final Path socket;

  /**
   * @param socket the launcher's, from {@link dev.fastdeploy.contract.ProcessContract#LISTENERS} or
   *     its answer to an announcement
   */
  public ListenerClient(Descriptors descriptors, Path socket) {
    this.descriptors = descriptors;
    this.socket = socket;
  }

  /**
   * A listener to give.
   *
   * @param descriptor stays open
   * @param backlog the number of connections that the service lets wait
   */
  public record Given(String name, int descriptor, int backlog) {}

  /**
   * Gives listeners.
   *
   * @return how many the launcher holds now
   * @throws IOException if it takes none
   */
  public int give(List<Given> listeners) throws IOException {
    return exchange(
        connection -> {
          for (Given one : listeners) {
            send(
                connection,
                new ListenerMessage(ListenerMessage.Kind.GIVE, one.name(), one.backlog()),
                List.of(one.descriptor()));
          }
          send(connection, new ListenerMessage(ListenerMessage.Kind.GIVEN, ""), List.of());
          Descriptors.Received answer = receive(connection);
          return ListenerMessage.parse(answer.message())
              .filter(message -> message.kind() == ListenerMessage.Kind.HELD)
              .map(ListenerMessage::number)
              .orElseThrow(() -> new IOException("the launcher takes no listeners"));
        });
  }

  /**
   * Asks for a listener.
   *
   * @param another true for one that the service has not adopted yet
   * @return its descriptor, which the caller closes; empty if none is held
   * @throws IOException if the launcher does not answer
   */
  public OptionalInt adopt(String name, boolean another) throws IOException {
    ListenerMessage.Kind kind =
        another ? ListenerMessage.Kind.ADOPT_ANOTHER : ListenerMessage.Kind.ADOPT;
    return exchange(
        connection -> {
          send(connection, new ListenerMessage(kind, name), List.of());
          List<Integer> arrived = receive(connection).descriptors();
          return arrived.isEmpty() ? OptionalInt.empty() : OptionalInt.of(arrived.get(0));
        });
  }

  /**
   * Tells the launcher that what it gave does not fit, and waits until it holds it no more.
   *
   * @throws IOException if the launcher does not answer
   */
  public void doesNotFit(String name) throws IOException {
    exchange(
        connection -> {
          send(connection, new ListenerMessage(ListenerMessage.Kind.DOES_NOT_FIT, name), List.of());
          return receive(connection);
        });
  }

  /**
   * Tells the launcher with which backlog the service listens.
   *
   * @throws IOException if it cannot be told
   */
  public void listens(String name, int backlog) throws IOException {
    tell(new ListenerMessage(ListenerMessage.Kind.LISTENS, name, backlog));
  }

  /**
   * Tells the launcher that the service could not bind an address.
   *
   * @throws IOException if it cannot be told
   */
  public void refused(String name) throws IOException {
    tell(new ListenerMessage(ListenerMessage.Kind.REFUSED, name));
  }

  private void tell(ListenerMessage message) throws IOException {
    exchange(
        connection -> {
          send(connection, message, List.of());
          return true;
        });
  }

  private interface Exchange<T> {
    T over(int connection) throws IOException;
  }

  private <T> T exchange(Exchange<T> exchange) throws IOException {
    int connection = descriptors.unixSockets().connect(socket, PATIENCE);
    try {
      return exchange.over(connection);
    } finally {
      descriptors.closeQuietly(connection);
    }
  }

  private void send(int connection, ListenerMessage message, List<Integer> with)
      throws IOException {
    descriptors.send(connection, message.bytes(), with);
  }

  private Descriptors.Received receive(int connection) throws IOException {
    return descriptors.receive(connection, ListenerMessage.LONGEST, 1);
  }
}
