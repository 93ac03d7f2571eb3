package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.ApplicationName;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StoreDirectory;
import dev.fastdeploy.contract.Text;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The location of an application's releases.
 *
 * @param uri {@code s3://bucket[/prefix]}, {@code file:/dir} or a directory
 * @param app the application's name in the store, of the same form as a commit
 * @param endpoint an S3 service other than Amazon's; ignored for a directory
 * @param region the bucket's region; null to take it from the environment
 * @param pathStyle whether the bucket goes into the URL's path instead of its host
 */
public record StoreLocation(
    String uri, String app, @Nullable URI endpoint, @Nullable String region, boolean pathStyle) {

  private static final Pattern BUCKET =
      Pattern.compile("s3://([0-9A-Za-z][0-9A-Za-z._-]{1,61}[0-9A-Za-z])(/.*)?");
  private static final Pattern PREFIX_PART = Pattern.compile("[0-9A-Za-z!_.*'()=+@,:-]+");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int LONGEST_PREFIX = 512;

  /** The root of a store: a bucket's keys or a directory's files. */
  sealed interface Root {}

  /**
   * Objects of a bucket.
   *
   * @param prefix empty, or ends with a slash
   */
  record Bucket(String name, String prefix) implements Root {}

  /** Files of a directory. */
  record Directory(Path path) implements Root {}

  /**
   * @throws IllegalArgumentException if a value is wrong, with a message for the user
   */
  public StoreLocation {
    app = new ApplicationName(app).name();
    if (region != null && !REGION.matcher(region).matches()) {
      throw wrong(Setting.STORE_REGION, region, "is not a region; write it like eu-central-1");
    }
    if (endpoint != null && !isHttp(endpoint)) {
      throw wrong(
          Setting.STORE_ENDPOINT,
          endpoint.toString(),
          "is not the URL of a service; write it like https://s3.example.com");
    }
    Root checked = root(uri);
    if (checked instanceof Directory directory) {
      uri = directory.path().toString();
    }
  }

  /**
   * Returns the configured location.
   *
   * @throws IllegalArgumentException if a value is missing or wrong, with a message for the user
   */
  public static StoreLocation of(Settings settings) {
    StoreLocation location = read(settings);
    PlainHttp.check(location.endpoint(), settings.flag(Setting.STORE_PLAIN_HTTP));
    return location;
  }

  private static StoreLocation read(Settings settings) {
    return new StoreLocation(
        settings.required(Setting.STORE),
        settings.required(Setting.APP),
        settings.text(Setting.STORE_ENDPOINT).map(StoreLocation::endpoint).orElse(null),
        settings.text(Setting.STORE_REGION).orElse(null),
        settings.flag(Setting.STORE_PATH_STYLE));
  }

  /** Returns the location as a user knows it: URI and application. */
  public String description() {
    return uri + (uri.endsWith("/") ? "" : "/") + app;
  }

  /** Returns the root that the URI names. */
  Root root() {
    return root(uri);
  }

  private static Root root(String uri) {
    Matcher bucket = BUCKET.matcher(uri);
    if (bucket.matches()) {
      return new Bucket(bucket.group(1), prefix(uri, bucket.group(2)));
    }
    return new Directory(
        StoreDirectory.of(uri)
            .orElseThrow(
                () ->
                    wrong(Setting.STORE, uri, "is neither s3://BUCKET[/PREFIX] nor a directory")));
  }

  private static String prefix(String uri, @Nullable String path) {
    StringBuilder prefix = new StringBuilder();
    for (String part : (path == null ? "" : path).split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      if (!PREFIX_PART.matcher(part).matches() || part.equals(".") || part.equals("..")) {
        throw wrong(
            Setting.STORE,
            uri,
            "has a prefix with characters that are not safe in keys; use letters, digits and"
                + " ! _ . * ' ( ) = + @ , : -");
      }
      prefix.append(part).append('/');
    }
    if (prefix.length() > LONGEST_PREFIX) {
      throw wrong(Setting.STORE, uri, "has a prefix longer than " + LONGEST_PREFIX + " characters");
    }
    return prefix.toString();
  }

  private static URI endpoint(String value) {
    try {
      return URI.create(value);
    } catch (IllegalArgumentException notAUrl) {
      throw wrong(
          Setting.STORE_ENDPOINT,
          value,
          "is not the URL of a service; write it like https://s3.example.com");
    }
  }

  private static boolean isHttp(URI endpoint) {
    String scheme =
        endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && endpoint.getHost() != null
        && endpoint.getUserInfo() == null
        && endpoint.getQuery() == null
        && endpoint.getFragment() == null;
  }

  private static IllegalArgumentException wrong(Setting setting, String value, String reason) {
    return new IllegalArgumentException(
        setting.option() + " '" + Text.shortened(value, 200) + "' " + reason);
  }
}
