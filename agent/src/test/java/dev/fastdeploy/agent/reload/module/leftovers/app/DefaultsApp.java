package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Authenticator;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.CookieManager;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.rmi.server.RMISocketFactory;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Sets whatever can be set for the whole JVM. */
public final class DefaultsApp implements Runnable {

  @Override
  public void run() {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    Authenticator.setDefault(new Authenticator() {});
    CookieManager cookies = new CookieManager(null, (uri, cookie) -> true);
    CookieManager.setDefault(cookies);
    ProxySelector.setDefault(new NoProxy());
    ResponseCache.setDefault(new NoCache());
    URLConnection.setFileNameMap(name -> "text/plain");
    HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> false);
    ObjectInputFilter.Config.setSerialFilter(info -> ObjectInputFilter.Status.UNDECIDED);
    DriverManager.setLogWriter(
        new PrintWriter(new StringWriter()) {
          @Override
          public void flush() {}
        });
    RMISocketFactory.setFailureHandler(failure -> false);
    setTls();
  }

  private static void setTls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new NoTrust()}, null);
      SSLContext.setDefault(context);
      HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static final class NoProxy extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }

  private static final class NoCache extends ResponseCache {
    @Override
    public CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
      return null;
    }

    @Override
    public CacheRequest put(URI uri, URLConnection connection) {
      return null;
    }
  }

  private static final class NoTrust implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
