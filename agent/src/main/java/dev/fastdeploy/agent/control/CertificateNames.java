package dev.fastdeploy.agent.control;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names that a certificate gives its subject. */
final class CertificateNames {

  private CertificateNames() {}

  /** The common name first, if there is one, then the alternative names. */
  static List<String> of(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN") && rdn.getValue() instanceof String name) {
          names.add(name);
        }
      }
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.get(1) instanceof String name) {
            names.add(name);
          }
        }
      }
    } catch (InvalidNameException | CertificateParsingException unreadable) {
      // The chain was verified: such a certificate is valid, only nameless.
    }
    return names;
  }
}
