package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class HelperJvmTest {

  @Test
  void theWayToOthersIsHandedOnAndNothingElse() {
    Properties own = new Properties();
    own.setProperty("https.proxyHost", "proxy");
    own.setProperty("javax.net.ssl.trustStore", "/trust");
    own.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    own.setProperty("jdk.tls.client.protocols", "TLSv1.3");
    own.setProperty("java.security.properties", "/fips");
    own.setProperty("java.net.preferIPv4Stack", "true");
    own.setProperty("java.home", "/jdk");
    own.setProperty("password", "secret");

    Properties chosen = HelperJvm.connections(own);

    assertThat(chosen.stringPropertyNames())
        .containsExactlyInAnyOrder(
            "https.proxyHost",
            "javax.net.ssl.trustStore",
            "jdk.http.auth.tunneling.disabledSchemes",
            "jdk.tls.client.protocols",
            "java.security.properties",
            "java.net.preferIPv4Stack");
    assertThat(HelperJvm.early(chosen))
        .containsExactly("-Djava.net.preferIPv4Stack=true", "-Djava.security.properties=/fips");
  }

  @Test
  void anotherJvmsOptionsAreRemoved() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-javaagent:a.jar",
                "JDK_JAVA_OPTIONS", "-Xmx1g",
                "_JAVA_OPTIONS", "-Xms1g",
                "PATH", "/bin"));

    HelperJvm.keepOptionsFrom(environment);

    assertThat(environment).containsOnlyKeys("PATH");
  }
}
