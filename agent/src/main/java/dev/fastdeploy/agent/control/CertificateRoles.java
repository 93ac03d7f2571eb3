package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Text;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps a certificate to a role by looking up its names in the lists. A holder on both lists may
 * only read, one on neither may do nothing.
 *
 * <p>Every instance holds the certificate of its own endpoint. It gives no access to the others,
 * whatever the lists say, and neither does any of its names. Thread-safe.
 */
final class CertificateRoles {

  /** Matches {@code CN=pipeline,O=acme}, for example, which the comma splits into two names. */
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z]{1,20} *=.*", Pattern.DOTALL);

  private final Set<String> deployers;
  private final Set<String> readers;
  private final Supplier<@Nullable X509Certificate> own;

  /**
   * @param deployers the names that may deploy
   * @param readers the names that may only read
   * @param own returns the endpoint's current certificate
   */
  CertificateRoles(
      Set<String> deployers, Set<String> readers, Supplier<@Nullable X509Certificate> own) {
    this.deployers = deployers;
    this.readers = readers;
    this.own = own;
  }

  /**
   * Returns the holder of a certificate, or empty if the certificate is not valid now.
   *
   * @param certificate verified when the connection was made
   */
  Optional<Caller> caller(X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException now) {
      return Optional.empty();
    }
    List<String> names = CertificateNames.of(certificate);
    if (names.isEmpty()) {
      return Optional.of(Caller.powerless("cert:-", "has a certificate without a readable name"));
    }
    Optional<String> reader = names.stream().filter(readers::contains).findFirst();
    if (reader.isPresent()) {
      return Optional.of(Caller.reader(identity(reader.get())));
    }
    List<String> listed = names.stream().filter(deployers::contains).toList();
    if (listed.isEmpty()) {
      return Optional.of(
          Caller.powerless(
              identity(names.get(0)),
              "is named neither in "
                  + Setting.CONTROL_DEPLOY_IDENTITIES.option()
                  + " nor in "
                  + Setting.CONTROL_READ_IDENTITIES.option()
                  + " of this instance"));
    }
    Set<String> ownNames = ownNames();
    Optional<String> deployer =
        listed.stream().filter(name -> !ownNames.contains(name)).findFirst();
    return Optional.of(
        deployer.isEmpty() || isOwn(certificate)
            ? Caller.powerless(
                identity(listed.get(0)),
                "bears the certificate or a name of this instance itself, which does not deploy to its"
                    + " peers; give the pipeline a certificate with a name of its own")
            : Caller.deployer(identity(deployer.get())));
  }

  /** Returns warnings for the user, given at the start, about the lists. */
  List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    if (deployers.isEmpty()) {
      doubts.add(
          "no certificate may deploy; name those that may with "
              + Setting.CONTROL_DEPLOY_IDENTITIES.option());
    }
    Stream.concat(deployers.stream(), readers.stream())
        .filter(SUBJECT.asMatchPredicate())
        .distinct()
        .sorted()
        .forEach(
            name ->
                doubts.add(
                    "'"
                        + Text.shortened(name, 120)
                        + "' in the lists of certificate names looks like a part of a subject;"
                        + " write the common name or an alternative name alone, without 'CN='"));
    Set<String> ownNames = ownNames();
    deployers.stream()
        .filter(ownNames::contains)
        .sorted()
        .forEach(
            name ->
                doubts.add(
                    "'"
                        + name
                        + "' in "
                        + Setting.CONTROL_DEPLOY_IDENTITIES.option()
                        + " counts for nothing: it is a name of the endpoint's own certificate,"
                        + " which every instance holds; give the pipeline another"));
    return doubts;
  }

  private Set<String> ownNames() {
    X509Certificate now = own.get();
    return now == null ? Set.of() : Set.copyOf(CertificateNames.of(now));
  }

  private boolean isOwn(X509Certificate certificate) {
    X509Certificate now = own.get();
    return now != null && now.getPublicKey().equals(certificate.getPublicKey());
  }

  /** The prefix keeps a certificate's name from looking like a token's or the socket's. */
  private static String identity(String name) {
    return "cert:" + name;
  }
}
