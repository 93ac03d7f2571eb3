package dev.fastdeploy.benchmarks.slow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The service on the loopback address, as clients see it.
 *
 * @param port without TLS
 * @param secondPort with TLS, or for gRPC
 * @param trust what a client of it needs
 */
public record Site(int port, int secondPort, SSLContext trust) {

  private static final String PASSWORD = "changeit";

  /** Returns one whose keys are made now. */
  public static Site make(int port, int secondPort, Path keys)
      throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "service",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "2",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no certificate: " + said.strip());
    }
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()));
      SSLContext trust = SSLContext.getInstance("TLS");
      trust.init(null, managers.getTrustManagers(), null);
      return new Site(port, secondPort, trust);
    } catch (GeneralSecurityException unreadable) {
      throw new IOException("what keytool made cannot be read", unreadable);
    }
  }
}
