package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateRolesTest {

  @Test
  void aSubjectInTheListsIsDoubted() {
    CertificateRoles roles =
        new CertificateRoles(
            Set.of("CN=pipeline", "O=acme", "spiffe://x/a?b=c", "ops@x", "*.x"),
            Set.of("cn = dashboard"),
            () -> null);

    assertThat(roles.doubts())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("'CN=pipeline' ").contains("without 'CN='"),
            line -> assertThat(line).startsWith("'O=acme' "),
            line -> assertThat(line).startsWith("'cn = dashboard' "));
  }
}
