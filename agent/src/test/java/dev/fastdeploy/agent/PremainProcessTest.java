package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.AgentJar;
import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.OlderJava;
import dev.fastdeploy.agent.testing.ServiceFixture;
import java.io.DataInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the agent, the application starts, and stderr has one line at most. */
class PremainProcessTest {

  private @TempDir Path root;
  private ServiceFixture service;

  @BeforeEach
  void setUp() throws Exception {
    service = new ServiceFixture(root);
  }

  static Stream<Arguments> tools() {
    return Stream.of("running", "newest")
        .flatMap(
            java ->
                Stream.of("keytool -help", "javac -version", "jcmd -h", "jar --version")
                    .map(tool -> Arguments.of(java, tool)));
  }

  @ParameterizedTest
  @MethodSource("tools")
  void staysOutOfToolsOfTheJdk(String which, String tool) throws Exception {
    List<String> words = Arrays.asList(tool.split(" ", -1));
    JavaHome java = java(which);
    try (Jvm jvm =
        Jvm.start(
            root,
            Map.of("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentJar.path()),
            List.of(java.tool(words.get(0)), words.get(1)))) {
      assertThat(jvm.exitCode()).isLessThan(2);
      assertThat(jvm.err())
          .anyMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
          .noneMatch(line -> line.startsWith("fastdeploy"));
      assertThat(Files.exists(service.home().payload())).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "newest"})
  void refusesASecondAttach(String which) throws Exception {
    service.end();
    try (Jvm jvm =
        service.start(
            java(which), AgentJar.path(), "", "", List.of("-javaagent:" + AgentJar.path()))) {
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).containsExactly("started", "ended");
      assertThat(jvm.said())
          .singleElement()
          .asString()
          .contains("the agent is in this JVM already");
    }
  }

  @Test
  void saysWhatAnOlderJvmLacks() throws Exception {
    Path older = root.resolve("older.jar");
    agentJar(older, OlderJava.class);
    service.end();
    try (Jvm jvm =
        service.start(
            JavaHome.running(), older, "", "", List.of("-javaagent:" + AgentJar.path()))) {
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).containsExactly("started", "ended");
      assertThat(jvm.err())
          .containsExactly("fastdeploy: the agent needs Java 17 or later; this JVM is Java 1.8");
    }
  }

  @Test
  void isLoadedByJava8() throws Exception {
    try (InputStream in = Premain.class.getResourceAsStream("Premain.class");
        DataInputStream header = new DataInputStream(in)) {
      assertThat(header.readInt()).isEqualTo(0xCAFEBABE);
      assertThat(header.readUnsignedShort()).isZero();
      assertThat(header.readUnsignedShort()).isEqualTo(52);
    }
  }

  @Test
  void saysThatTheJarIsNotWhole() throws Exception {
    try (Jvm jvm =
        service.start(JavaHome.running(), AgentJar.withoutPayload(), "", "", List.of())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> !jvm.said().isEmpty());
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).containsExactly("started", "ended");
      assertThat(jvm.err())
          .singleElement()
          .asString()
          .startsWith("fastdeploy: the agent does not run: ")
          .contains("payload/index", "it is not fastdeploy.jar");
    }
  }

  @Test
  void saysThatAnArgumentIsUnknown() throws Exception {
    try (Jvm jvm = service.start(JavaHome.running(), "nonsense=1", "")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> !jvm.said().isEmpty());
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.err())
          .containsExactly(
              "fastdeploy: the agent does not run: the agent argument 'nonsense' is unknown; see"
                  + " docs/configuration.md");
    }
  }

  @Test
  void saysThatTheBootstrapIsMissing() throws Exception {
    Path jar = root.resolve("premain-only.jar");
    agentJar(jar, Premain.class);
    service.end();
    try (Jvm jvm = service.start(JavaHome.running(), jar, "", "", List.of())) {
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).containsExactly("started", "ended");
      assertThat(jvm.err())
          .singleElement()
          .asString()
          .startsWith("fastdeploy: the agent does not run: ")
          .contains("ClassNotFoundException", "AgentBootstrap");
    }
  }

  private static void agentJar(Path jar, Class<?> agent) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), agent.getName());
    String name = agent.getName().replace('.', '/') + ".class";
    try (var out = Files.newOutputStream(jar);
        var zip = new JarOutputStream(out, manifest);
        InputStream in = agent.getClassLoader().getResourceAsStream(name)) {
      zip.putNextEntry(new ZipEntry(name));
      in.transferTo(zip);
      zip.closeEntry();
    }
  }

  private static JavaHome java(String which) {
    if (which.equals("running")) {
      return JavaHome.running();
    }
    Assumptions.assumeTrue(
        JavaHome.newest().isPresent(), "no JDK 25 or later is installed beside this one");
    return JavaHome.newest().orElseThrow();
  }
}
