package dev.fastdeploy.agent.control;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names of a certificate's subject. */
final class CertificateNames {

  private static final String ALTERNATIVE_NAMES = "2.5.29.17";

  private CertificateNames() {}

  /**
   * Returns the common name first, if there is one, then the alternative names. Returns none if any
   * part of the certificate cannot be read, since the contents of that part are unknown.
   */
  static List<String> of(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        addCommonNames(rdn, names);
      }
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives == null && certificate.getExtensionValue(ALTERNATIVE_NAMES) != null) {
        // The JDK omits an extension that it cannot read.
        return List.of();
      }
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.get(1) instanceof String name) {
            names.add(name);
          }
        }
      }
    } catch (NamingException | CertificateParsingException | RuntimeException unreadable) {
      return List.of();
    }
    names.removeIf(String::isBlank);
    return List.copyOf(names);
  }

  /** One part of a subject may hold several names, such as {@code OU=ops+CN=pipeline}. */
  private static void addCommonNames(Rdn rdn, List<String> names) throws NamingException {
    Attribute common = rdn.toAttributes().get("CN");
    if (common == null) {
      return;
    }
    for (int i = 0; i < common.size(); i++) {
      if (!(common.get(i) instanceof String name)) {
        throw new InvalidNameException("a common name is not text");
      }
      names.add(name);
    }
  }
}
