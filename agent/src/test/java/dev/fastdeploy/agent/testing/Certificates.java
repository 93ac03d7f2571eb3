package dev.fastdeploy.agent.testing;

import dev.fastdeploy.agent.control.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes certificates with the JDK's keytool, as PEM files. */
public final class Certificates {

  private static final String PASSWORD = "changeit";

  private final Path directory;

  public Certificates(Path directory) {
    this.directory = directory;
  }

  /** A key with its self-signed certificate, which is also who signs it. */
  public TlsFiles selfSigned(String alias, String subject, String alternativeName)
      throws Exception {
    return withExtensions(alias, subject, "san=" + alternativeName);
  }

  /** The same with extensions as keytool takes them. */
  public TlsFiles withExtensions(String alias, String subject, String... extensions)
      throws Exception {
    Path store = directory.resolve(alias + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                JavaHome.running().tool("keytool"),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    for (String extension : extensions) {
      command.addAll(List.of("-ext", extension));
    }
    command.addAll(List.of("-ext", "bc=ca:true"));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + output);
    }
    return exported(store, alias);
  }

  private TlsFiles exported(Path store, String alias) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Path certificate = directory.resolve(alias + ".crt");
    Path key = directory.resolve(alias + ".key");
    write(certificate, "CERTIFICATE", keys.getCertificate(alias).getEncoded());
    write(key, "PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded());
    return new TlsFiles(certificate, key, null);
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
