package dev.fastdeploy.release.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Connections to the store and to the services that give credentials for it. They run in somebody
 * else's JVM, where an application may set defaults for all connections: a host name verifier or an
 * SSL context that accepts anything, a proxy selector, an authenticator, a response cache, a
 * handler of URLs. None of these applies here. The operator's settings, by options of the JVM or
 * its environment, do: the trust store and the proxy.
 *
 * <p>Thread-safe.
 */
final class S3Connections implements UrlConnectionFactory {

  private final Duration connect;
  private final Duration read;
  private @Nullable SSLSocketFactory sockets;

  private S3Connections(Duration connect, Duration read) {
    this.connect = connect;
    this.read = read;
  }

  /** Returns a client for the SDK's requests. */
  static SdkHttpClient client(Duration connect, Duration read) {
    return UrlConnectionHttpClient.create(new S3Connections(connect, read));
  }

  @Override
  public HttpURLConnection createConnection(URI uri) {
    try {
      return open(uri);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private HttpURLConnection open(URI uri) throws IOException {
    ProxyConfiguration proxy = proxy(uri);
    URLConnection opened = JdkUrls.of(uri).openConnection(proxyOf(uri, proxy));
    if (opened.getClass().getModule() != Object.class.getModule()) {
      throw new IOException(
          "the application handles URLs of '"
              + uri.getScheme()
              + "' with its own class "
              + opened.getClass().getName()
              + ", which is not trusted with the store");
    }
    HttpURLConnection connection = (HttpURLConnection) opened;
    connection.setConnectTimeout(millis(connect));
    connection.setReadTimeout(millis(read));
    connection.setUseCaches(false);
    connection.setAuthenticator(new ProxyLogin(proxy));
    if (connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(sockets());
      // Called only for a name that the JDK itself has rejected.
      https.setHostnameVerifier((host, session) -> false);
    }
    return connection;
  }

  /** Returns at least one, because zero means to wait for ever. */
  private static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE));
  }

  /**
   * Returns sockets that trust what the JVM was configured to trust, whatever the default context
   * is now.
   */
  private synchronized SSLSocketFactory sockets() throws IOException {
    SSLSocketFactory made = sockets;
    if (made == null) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(SystemPropertyTlsKeyManagersProvider.create().keyManagers(), null, null);
        made = context.getSocketFactory();
      } catch (GeneralSecurityException unusable) {
        throw new IOException("the JVM's TLS cannot be used: " + unusable.getMessage(), unusable);
      }
      sockets = made;
    }
    return made;
  }

  private static ProxyConfiguration proxy(URI uri) {
    return ProxyConfiguration.builder()
        .scheme(uri.getScheme())
        .useSystemPropertyValues(true)
        .useEnvironmentVariablesValues(true)
        .build();
  }

  private static Proxy proxyOf(URI uri, ProxyConfiguration proxy) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (proxy.host() == null || proxy.host().isEmpty() || PlainHttp.isLoopback(host)) {
      return Proxy.NO_PROXY;
    }
    for (String pattern : proxy.nonProxyHosts()) {
      if (host.matches(pattern)) {
        return Proxy.NO_PROXY;
      }
    }
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()));
  }

  /** Gives the proxy's password to the proxy, and to nobody else. */
  private static final class ProxyLogin extends Authenticator {

    private final @Nullable String user;
    private final @Nullable String password;

    ProxyLogin(ProxyConfiguration proxy) {
      this.user = proxy.username();
      this.password = proxy.password();
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      if (user == null || password == null || getRequestorType() != RequestorType.PROXY) {
        return null;
      }
      return new PasswordAuthentication(user, password.toCharArray());
    }
  }
}
