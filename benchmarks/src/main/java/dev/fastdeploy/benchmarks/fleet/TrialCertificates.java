package dev.fastdeploy.benchmarks.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority and two certificates that it signed, for the instances and for the command: ECDSA on
 * P-256, as the documents advise, made by the JDK's keytool, as PEM files.
 */
final class TrialCertificates {

  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final Path keytool;

  private TrialCertificates(Path folder) {
    this.folder = folder;
    this.keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
  }

  /** Makes {@code authority.crt}, and {@code .crt} and {@code .key} of both sides, in a folder. */
  static void make(Path folder) throws IOException, InterruptedException {
    TrialCertificates made = new TrialCertificates(folder);
    made.generate(AUTHORITY, "CN=authority", "-ext", "bc:critical=ca:true");
    String name = "san=dns:" + FleetSite.SERVER_NAME;
    made.generate("instance", "CN=instance", "-ext", name, "-signer", AUTHORITY);
    made.generate("command", "CN=" + FleetSite.PIPELINE, "-signer", AUTHORITY);
    made.export();
  }

  private void generate(String alias, String subject, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                keytool.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool made no certificate: " + said.strip());
    }
  }

  private Path store() {
    return folder.resolve("certificates.p12");
  }

  private void export() throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
      for (String alias : List.of(AUTHORITY, "instance", "command")) {
        write(alias + ".crt", "CERTIFICATE", keys.getCertificate(alias).getEncoded());
        Key key = keys.getKey(alias, PASSWORD.toCharArray());
        write(alias + ".key", "PRIVATE KEY", key.getEncoded());
      }
    } catch (GeneralSecurityException unreadable) {
      throw new IOException("what keytool made cannot be read", unreadable);
    }
  }

  private void write(String name, String kind, byte[] content) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
