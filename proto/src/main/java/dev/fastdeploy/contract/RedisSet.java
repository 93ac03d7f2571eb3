package dev.fastdeploy.contract;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A sorted set in Redis or Valkey in which each instance of a fleet keeps its own address, as
 * {@code host:port|zone|id}, with the time of its expiry as the score: milliseconds by the clock of
 * Redis, so that no other clock matters.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 * @param user the user who logs in; empty if none is named
 * @param key the set's key
 * @param encrypted whether the connection is TLS
 */
public record RedisSet(String host, int port, String user, String key, boolean encrypted) {

  /** The variable that names a file with the password. */
  public static final String PASSWORD_FILE = "REDIS_PASSWORD_FILE";

  private static final int USUAL_PORT = 6379;
  private static final String FORM =
      "write redis://HOST:PORT/KEY, or rediss://… for TLS, with USER@ before the host if need be";

  /**
   * Parses {@code redis://[USER@]HOST[:PORT]/KEY} or the same with {@code rediss}.
   *
   * @throws IllegalArgumentException if it is not understood, with the right form
   */
  public static RedisSet of(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(FORM, malformed);
    }
    String key = uri.getPath() == null || uri.getPath().isEmpty() ? "" : uri.getPath().substring(1);
    if (!("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))
        || uri.getHost() == null
        || key.isEmpty()
        || uri.getPort() == 0
        || uri.getPort() > 65535
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(FORM);
    }
    if (uri.getUserInfo() != null && uri.getUserInfo().contains(":")) {
      throw new IllegalArgumentException(
          "arguments are visible to others, so it takes no password; name a file with it by "
              + PASSWORD_FILE);
    }
    String host = uri.getHost();
    return new RedisSet(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        uri.getUserInfo() == null ? "" : uri.getUserInfo(),
        key,
        uri.getScheme().equals("rediss"));
  }

  /**
   * Returns the password, read now because it may have changed; empty if no file is named.
   *
   * @throws IOException if it cannot be read, with a message for the user
   */
  public static Optional<String> password(Map<String, String> environment) throws IOException {
    String file = environment.getOrDefault(PASSWORD_FILE, "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String password = Files.readString(readable(file)).strip();
    if (password.isEmpty()) {
      throw new IOException("'" + file + "' (" + PASSWORD_FILE + ") is empty");
    }
    return Optional.of(password);
  }

  private static Path readable(String name) throws IOException {
    try {
      Path file = Path.of(name);
      if (Files.isReadable(file)) {
        return file;
      }
    } catch (InvalidPathException malformed) {
      // Reported below.
    }
    throw new IOException(
        "'" + Text.shortened(name, 100) + "' (" + PASSWORD_FILE + ") cannot be read");
  }

  /** Returns the server as {@code host:port}. */
  public String server() {
    return host + ":" + port;
  }
}
