package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GivenPathsTest {

  private static final Path FIRST = Path.of("/srv/releases/c1");
  private static final Path NEXT = Path.of("/srv/releases/c2");

  @Test
  void wholePathsMove() {
    GivenPaths paths = GivenPaths.in(FIRST, new Properties());
    String[] given = {"/srv/releases/c1", "-a=/srv/releases/c1/x:/srv/releases/c1/y", "c1"};
    assertThat(paths.arguments(given, NEXT))
        .containsExactly("/srv/releases/c2", "-a=/srv/releases/c2/x:/srv/releases/c2/y", "c1");
    assertThat(paths.arguments(new String[] {"/srv/releases/c10/x"}, NEXT))
        .containsExactly("/srv/releases/c10/x");
  }

  @Test
  void propertiesMoveFromWhatTheCommandGave() {
    Properties properties = new Properties();
    properties.setProperty("app.conf", "/srv/releases/c1/conf");
    properties.setProperty("other", "/srv/shared");
    GivenPaths paths = GivenPaths.in(FIRST, properties);
    properties.setProperty("app.conf", "changed by the application");

    paths.setProperties(properties, NEXT);

    assertThat(properties.getProperty("app.conf")).isEqualTo("/srv/releases/c2/conf");
    assertThat(properties.getProperty("other")).isEqualTo("/srv/shared");
  }

  @Test
  void theJvmsOwnPropertiesStay() {
    Properties properties = new Properties();
    properties.setProperty("user.dir", "/srv/releases/c1");
    properties.setProperty("java.class.path", "/srv/releases/c1/app.jar");
    GivenPaths.in(FIRST, properties).setProperties(properties, NEXT);
    assertThat(properties.getProperty("user.dir")).isEqualTo("/srv/releases/c1");
    assertThat(properties.getProperty("java.class.path")).isEqualTo("/srv/releases/c1/app.jar");
  }
}
