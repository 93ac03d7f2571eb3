package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.RedisSet;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** The instances that keep their address in a {@link RedisSet}. */
final class RedisOrigin implements Origin {

  private final RedisSet set;
  private final HostAndPort server;
  private final String key;
  private final Map<String, String> environment;

  private RedisOrigin(RedisSet set, Map<String, String> environment) {
    this.set = set;
    this.server = new HostAndPort(set.host(), set.port());
    this.key = set.key();
    this.environment = environment;
  }

  /**
   * Reads {@code redis://[USER@]HOST[:PORT]/KEY} or the same with {@code rediss}.
   *
   * @throws IllegalArgumentException if it is not understood, with the correct form
   */
  static RedisOrigin of(String text, Map<String, String> environment) {
    return new RedisOrigin(RedisSet.of(text), environment);
  }

  @Override
  public SourceAnswer.Seen list(AnswerDeadline deadline) throws IOException {
    try (Jedis redis = new Jedis(server, configuration(deadline))) {
      List<String> time = redis.time();
      long now = Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
      List<String> found =
          redis.zrange(
              key,
              ZRangeParams.zrangeByScoreParams(Double.POSITIVE_INFINITY, (double) (now + 1)).rev());
      if (found.isEmpty()) {
        throw new IOException(
            "the sorted set '"
                + key
                + "' of "
                + server
                + " has no instance that has not expired; check the key");
      }
      return new SourceAnswer.Seen(members(found).members(), true);
    } catch (JedisAccessControlException refused) {
      throw new IOException(
          server
              + " refused the login ("
              + shown(refused)
              + "); give the user with redis://USER@HOST/KEY and the password with "
              + RedisSet.PASSWORD_FILE,
          refused);
    } catch (JedisConnectionException absent) {
      throw new IOException("no answer from " + server + ": " + shown(absent), absent);
    } catch (JedisException failure) {
      throw new IOException(
          server + " does not answer for '" + key + "': " + shown(failure), failure);
    }
  }

  /** Of several entries with the same address or id, the one that expires last counts. */
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
                + "' is not an instance; it must be host:port|zone|id");
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

  private DefaultJedisClientConfig configuration(AnswerDeadline deadline) throws IOException {
    DefaultJedisClientConfig.Builder configuration =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(deadline.leftMillis())
            .socketTimeoutMillis(deadline.leftMillis())
            // A user that may only read has no right to this command.
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    Optional<String> password = RedisSet.password(environment);
    password.ifPresent(configuration::password);
    if (!set.user().isEmpty()) {
      configuration.user(set.user());
      if (password.isEmpty()) {
        // A user without a password can log in with any, and the library sends no user name without
        // one.
        configuration.password("");
      }
    }
    if (set.encrypted()) {
      configuration.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    return configuration.build();
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
