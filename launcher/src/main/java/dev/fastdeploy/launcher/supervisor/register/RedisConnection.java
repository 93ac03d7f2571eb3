package dev.fastdeploy.launcher.supervisor.register;

import dev.fastdeploy.contract.RedisSet;
import dev.fastdeploy.contract.Text;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to Redis for a few commands with short answers. Speaks RESP 2, which Redis and
 * Valkey use with every client that asks for nothing else.
 */
final class RedisConnection implements Closeable {

  private static final int LONGEST_WORD = 4096;
  private static final int MOST_WORDS = 16;
  private static final int LONGEST_REASON = 200;

  private final Socket socket;
  private final InputStream in;

  private RedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 512);
  }

  /**
   * Connects and logs in.
   *
   * @param patience the time for the connection, and for each answer
   * @param tls used only if the connection is encrypted; the certificate must carry the server's
   *     name
   */
  static RedisConnection open(
      RedisSet set, Optional<String> password, Duration patience, Supplier<SSLSocketFactory> tls)
      throws IOException {
    int millis = (int) patience.toMillis();
    Socket socket = new Socket();
    try {
      // Resolved now, because a name may mean another address than before.
      socket.connect(new InetSocketAddress(set.host(), set.port()), millis);
      socket.setSoTimeout(millis);
      socket.setTcpNoDelay(true);
      RedisConnection connection =
          new RedisConnection(set.encrypted() ? encrypted(socket, set, tls.get()) : socket);
      if (!set.user().isEmpty()) {
        connection.call("AUTH", set.user(), password.orElse(""));
      } else if (password.isPresent()) {
        connection.call("AUTH", password.get());
      }
      return connection;
    } catch (IOException | RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }

  private static Socket encrypted(Socket socket, RedisSet set, SSLSocketFactory tls)
      throws IOException {
    SSLSocket encrypted = (SSLSocket) tls.createSocket(socket, set.host(), set.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  /** Returns this machine's address on the connection. */
  InetAddress local() {
    return socket.getLocalAddress();
  }

  /**
   * Sends a command.
   *
   * @return the words of its answer
   * @throws IOException if there is none, or it is an error
   */
  List<String> call(String... words) throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      command.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      command.writeBytes(bytes);
      command.writeBytes(new byte[] {'\r', '\n'});
    }
    socket.getOutputStream().write(command.toByteArray());
    List<String> answer = new ArrayList<>();
    read(answer, true);
    return answer;
  }

  private void read(List<String> answer, boolean mayBeMany) throws IOException {
    String line = line();
    String rest = line.isEmpty() ? "" : line.substring(1);
    char kind = line.isEmpty() ? ' ' : line.charAt(0);
    if (kind == '+' || kind == ':') {
      answer.add(rest);
    } else if (kind == '-') {
      throw new IOException(Text.shortened(rest, LONGEST_REASON));
    } else if (kind == '$') {
      answer.add(bulk(number(rest, LONGEST_WORD)));
    } else if (kind == '*' && mayBeMany) {
      int count = number(rest, MOST_WORDS);
      for (int i = 0; i < count; i++) {
        read(answer, false);
      }
    } else {
      throw strange(line);
    }
  }

  private String bulk(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || !line().isEmpty()) {
      throw strange("an answer whose length differs from what it says");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int number(String text, int most) throws IOException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Reported below.
    }
    throw strange(text);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (line.length() > LONGEST_WORD) {
        throw strange(line.toString());
      }
      line.append((char) next);
    }
    int length = line.length();
    if (length == 0 || line.charAt(length - 1) != '\r') {
      throw strange(line.toString());
    }
    return line.substring(0, length - 1);
  }

  private static IOException strange(String said) {
    return new IOException("this is not an answer of Redis: '" + Text.shortened(said, 40) + "'");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
