package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ZRangeParams;

/**
 * A sorted set in Redis or Valkey in which each instance keeps its own address, as {@code
 * host:port|zone|id}, with the time of its expiry as the score: milliseconds by the clock of Redis,
 * so that no other clock matters.
 */
final class RedisOrigin implements Origin {

  static final String PASSWORD_FILE = "REDIS_PASSWORD_FILE";

  private static final int USUAL_PORT = 6379;
  private static final String FORM =
      "write redis://HOST:PORT/KEY, or rediss://… for TLS, with USER@ before the host if need be";

  private final HostAndPort server;
  private final String user;
  private final String key;
  private final boolean isEncrypted;
  private final Map<String, String> environment;

  private RedisOrigin(URI uri, String key, Map<String, String> environment) {
    String host = uri.getHost();
    this.server =
        new HostAndPort(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
            uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
    this.user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    this.key = key;
    this.isEncrypted = uri.getScheme().equals("rediss");
    this.environment = environment;
  }

  /**
   * Reads {@code redis://[USER@]HOST[:PORT]/KEY} or the same with {@code rediss}.
   *
   * @throws IllegalArgumentException if it is not understood, with how to write it
   */
  static RedisOrigin of(String text, Map<String, String> environment) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(FORM, malformed);
    }
    String key = uri.getPath() == null || uri.getPath().isEmpty() ? "" : uri.getPath().substring(1);
    if (uri.getHost() == null
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
    return new RedisOrigin(uri, key, environment);
  }

  @Override
  public Answer.Seen list(Deadline deadline) throws IOException {
    try (Jedis redis = new Jedis(server, configuration(deadline))) {
      List<String> time = redis.time();
      long now = Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
      List<String> found =
          redis.zrange(
              key,
              ZRangeParams.zrangeByScoreParams(Double.POSITIVE_INFINITY, (double) (now + 1)).rev());
      if (found.isEmpty()) {
        throw new IOException(
            "no instance is in the sorted set '"
                + key
                + "' of "
                + server
                + " that has not expired; check the key");
      }
      return new Answer.Seen(members(found).members(), true);
    } catch (JedisAccessControlException refused) {
      throw new IOException(
          server
              + " refused the login ("
              + shown(refused)
              + "); give the user by redis://USER@HOST/KEY and the password by "
              + PASSWORD_FILE,
          refused);
    } catch (JedisConnectionException absent) {
      throw new IOException("no answer from " + server + ": " + shown(absent), absent);
    } catch (JedisException failure) {
      throw new IOException(server + " does not tell of '" + key + "': " + shown(failure), failure);
    }
  }

  /** The one that expires last is what an address or an id means now. */
  private MemberList members(List<String> latestFirst) throws IOException {
    MemberList members = new MemberList();
    Set<String> known = new HashSet<>();
    for (String entry : latestFirst) {
      String[] words = entry.split("\\|", -1);
      String id = words.length > 2 ? words[2] : "";
      boolean isNew = known.add("address " + words[0]);
      isNew &= id.isEmpty() || known.add("id " + id);
      if (words.length > 3) {
        throw new IOException(
            "'"
                + Text.shortened(entry, 100)
                + "' in '"
                + key
                + "' is no instance; it must be host:port|zone|id");
      }
      if (isNew) {
        try {
          members.add(words[0], words.length > 1 ? words[1] : "", id);
        } catch (IllegalArgumentException wrong) {
          throw new IOException("in '" + key + "': " + wrong.getMessage(), wrong);
        }
      }
    }
    return members;
  }

  private DefaultJedisClientConfig configuration(Deadline deadline) throws IOException {
    DefaultJedisClientConfig.Builder configuration =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(deadline.leftMillis())
            .socketTimeoutMillis(deadline.leftMillis())
            // Who may only read has no right to it.
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    String password = environment.getOrDefault(PASSWORD_FILE, "");
    if (!password.isEmpty()) {
      configuration.password(read(password));
    }
    if (!user.isEmpty()) {
      configuration.user(user);
      if (password.isEmpty()) {
        // A user that needs no password logs in with any; the library sends no user without one.
        configuration.password("");
      }
    }
    if (isEncrypted) {
      configuration.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    return configuration.build();
  }

  /** It may have been changed since the last question. */
  private static String read(String file) throws IOException {
    String password = Files.readString(file(file)).strip();
    if (password.isEmpty()) {
      throw new IOException("'" + file + "' (" + PASSWORD_FILE + ") is empty");
    }
    return password;
  }

  private static Path file(String name) throws IOException {
    try {
      Path file = Path.of(name);
      if (Files.isReadable(file)) {
        return file;
      }
    } catch (InvalidPathException malformed) {
      // Told below.
    }
    throw new IOException(
        "'" + Text.shortened(name, 100) + "' (" + PASSWORD_FILE + ") cannot be read");
  }

  private static String shown(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null && cause != root; ) {
      root = cause;
      cause = root.getCause();
    }
    return Text.shortened(Diagnostics.reason(root), 200);
  }
}
