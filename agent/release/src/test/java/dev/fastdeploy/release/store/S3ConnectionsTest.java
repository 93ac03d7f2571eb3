package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What an application sets for all connections of the JVM decides nothing about the store's. */
@Isolated("changes defaults of the JVM")
class S3ConnectionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void aServerWithAnotherNameIsRefusedWhateverTheApplicationsVerifierSays() throws Exception {
    var before = HttpsURLConnection.getDefaultHostnameVerifier();
    HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
    try (TlsServer other = new TlsServer("other", "dns:other.example");
        TlsServer named = new TlsServer("named", "ip:127.0.0.1")) {
      assertThatThrownBy(() -> trusting("other", other.uri()))
          .isInstanceOf(IOException.class)
          .message()
          // The JDKs put it in different words.
          .containsIgnoringCase("hostname");
      assertThat(trusting("named", named.uri())).isEqualTo(200);
    } finally {
      HttpsURLConnection.setDefaultHostnameVerifier(before);
    }
  }

  @Test
  void aServerThatTheJvmDoesNotTrustIsRefusedWhateverTheApplicationsContextTrusts()
      throws Exception {
    SSLContext contextBefore = SSLContext.getDefault();
    var factoryBefore = HttpsURLConnection.getDefaultSSLSocketFactory();
    SSLContext careless = SSLContext.getInstance("TLS");
    careless.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    SSLContext.setDefault(careless);
    HttpsURLConnection.setDefaultSSLSocketFactory(careless.getSocketFactory());
    try (TlsServer server = new TlsServer("unknown", "ip:127.0.0.1")) {
      assertThatThrownBy(() -> get(server.uri()))
          .satisfies(failure -> assertThat(failure).isInstanceOf(SSLException.class));
    } finally {
      SSLContext.setDefault(contextBefore);
      HttpsURLConnection.setDefaultSSLSocketFactory(factoryBefore);
    }
  }

  @Test
  void proxiesCachesAndPasswordsOfTheApplicationAreNotUsed() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(new Counting(asked));
    ResponseCache.setDefault(new Cache(asked));
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            asked.incrementAndGet();
            return new PasswordAuthentication("user", new char[0]);
          }
        });
    HttpServer server = HttpServer.create(loopback(), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"store\"");
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      assertThat(get(uri)).isEqualTo(401);
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
      ProxySelector.setDefault(before);
      ResponseCache.setDefault(null);
      Authenticator.setDefault(null);
    }
  }

  @Test
  void theLongestPatienceIsTaken() throws Exception {
    HttpServer server = HttpServer.create(loopback(), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      // More milliseconds than an int has.
      assertThat(get(uri, Duration.ofDays(30))).isEqualTo(200);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void plainHttpToAnotherMachineNeedsAWord() {
    for (String fine :
        List.of("http://127.0.0.1:9", "http://[::1]:9", "http://localhost", "https://s3")) {
      assertThatCode(() -> PlainHttp.check(URI.create(fine), false)).doesNotThrowAnyException();
    }
    for (String plain :
        List.of("http://minio:9000", "HTTP://10.0.0.1", "http://127.0.0.1.evil.example")) {
      assertThatThrownBy(() -> PlainHttp.check(URI.create(plain), false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(plain)
          .hasMessageContaining("--store-plain-http");
      assertThatCode(() -> PlainHttp.check(URI.create(plain), true)).doesNotThrowAnyException();
    }
  }

  private int trusting(String alias, URI uri) throws IOException {
    System.setProperty("javax.net.ssl.trustStore", directory.resolve(alias + ".p12").toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    try {
      return get(uri);
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }

  private static int get(URI uri) throws IOException {
    return get(uri, PATIENCE);
  }

  private static int get(URI uri, Duration patience) throws IOException {
    try (SdkHttpClient client = S3Connections.client(patience, patience)) {
      HttpExecuteRequest request =
          HttpExecuteRequest.builder()
              .request(SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(uri).build())
              .build();
      return client.prepareRequest(request).call().httpResponse().statusCode();
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Answers 200 with a certificate of its own. */
  private final class TlsServer implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final HttpsServer server;

    TlsServer(String alias, String alternativeName) throws Exception {
      Path store = directory.resolve(alias + ".p12");
      makeKey(store, alias, alternativeName);
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      server = HttpsServer.create(loopback(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
    }

    private static void makeKey(Path store, String alias, String alternativeName) throws Exception {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-J-XX:TieredStopAtLevel=1",
                  "-J-XX:+UseSerialGC",
                  "-genkeypair",
                  "-alias",
                  alias,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + alias,
                  "-ext",
                  "san=" + alternativeName,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .start();
      String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(keytool.waitFor()).as(output).isZero();
    }

    URI uri() {
      return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static final class TrustAll implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static final class Counting extends ProxySelector {

    private final AtomicInteger asked;

    Counting(AtomicInteger asked) {
      this.asked = asked;
    }

    @Override
    public List<Proxy> select(URI uri) {
      asked.incrementAndGet();
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }

  private static final class Cache extends ResponseCache {

    private final AtomicInteger asked;

    Cache(AtomicInteger asked) {
      this.asked = asked;
    }

    @Override
    public @Nullable CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
      asked.incrementAndGet();
      return null;
    }

    @Override
    public @Nullable CacheRequest put(URI uri, URLConnection connection) {
      asked.incrementAndGet();
      return null;
    }
  }
}
