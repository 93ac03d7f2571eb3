package dev.fastdeploy.servers;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A second port, for TLS: the last arguments {@code --tls PORT KEYS}.
 *
 * @param port on the loopback address
 * @param keys a key store of the form PKCS #12
 */
record Secure(int port, String keys) {

  /** The password of the key store. */
  static final String PASSWORD = "changeit";

  /** Returns what the arguments ask for; empty if they do not. */
  static Optional<Secure> of(String[] arguments) {
    List<String> words = List.of(arguments);
    int at = words.indexOf("--tls");
    return at < 0 || at + 3 != words.size()
        ? Optional.empty()
        : Optional.of(new Secure(Integer.parseInt(words.get(at + 1)), words.get(at + 2)));
  }

  /** Returns what a server needs that takes no key store. */
  SSLContext context() throws IOException, GeneralSecurityException {
    char[] password = PASSWORD.toCharArray();
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(KeyStore.getInstance(new File(keys), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
