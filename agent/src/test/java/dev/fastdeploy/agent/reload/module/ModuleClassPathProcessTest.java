package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.testing.ClassPathProbe;
import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.TestJar;
import dev.fastdeploy.agent.testing.TestService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application sees of its class path in a module, held against the JDK's own loader. */
class ModuleClassPathProcessTest {

  private static final String ANSWER = TestJar.nameOf(ClassPathProbe.Answer.class);

  private static final List<String> PROBE =
      List.of(
          "-ea",
          "-cp",
          "lib/*:classes:missing.jar",
          ClassPathProbe.class.getName(),
          "a.txt",
          "conf/x y\u00e4.txt",
          "conf",
          "dev/fastdeploy/agent/testing",
          "dev/fastdeploy/agent/testing/",
          "META-INF/MANIFEST.MF",
          "META-INF/services/java.util.function.Supplier",
          "java/lang/Object.class",
          "dev/fastdeploy/contract/Home.class",
          "nothing",
          ANSWER,
          "");

  private @TempDir Path root;
  private ReleaseFixture fixture;
  private Path release;

  @BeforeEach
  void setUp() throws Exception {
    fixture = new ReleaseFixture(root);
    Path staging = fixture.home().newStagingDirectory();
    new TestJar()
        .attribute("Implementation-Title", "probe")
        .attribute("Implementation-Version", "1.2")
        .attribute("Multi-Release", "true")
        .attribute("dev/fastdeploy/agent/testing/", "Sealed", "true")
        .attribute("dev/fastdeploy/agent/testing/", "Specification-Vendor", "us")
        .folder("dev")
        .folder("dev/fastdeploy/agent/testing")
        .type(ClassPathProbe.class)
        .bytes(probe("1"), bytes(probe("1")))
        .type(ClassPathProbe.Answer.class)
        .bytes("META-INF/versions/17/" + ANSWER, nextAnswer())
        .type(TestService.OwnLogManager.class)
        .text("a.txt", "one")
        .text(
            "META-INF/services/java.util.function.Supplier", ClassPathProbe.Answer.class.getName())
        .write(staging.resolve("lib/probe.jar"));
    new TestJar()
        .attribute("Class-Path", "../extra/third.jar ../extra/missing.jar")
        .text("a.txt", "two")
        .folder("dev/fastdeploy/agent/testing")
        .write(staging.resolve("lib/other.jar"));
    new TestJar().text("a.txt", "three").write(staging.resolve("extra/third.jar"));
    Files.createDirectories(staging.resolve("classes/conf"));
    Files.writeString(staging.resolve("classes/a.txt"), "four");
    Files.writeString(staging.resolve("classes/conf/x y\u00e4.txt"), "five");
    release = fixture.publish(staging, "aaa");
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void isAsTheJdkShowsIt(Java java) throws Exception {
    List<String> plain = plain(java.home());
    assertThat(plain).contains("text = five").anyMatch(line -> line.contains("the next version"));

    try (Jvm jvm = fixture.start(java.home(), release, List.of(), PROBE)) {
      assertThat(jvm.exitCode()).as("stderr %s", jvm.err()).isZero();
      assertThat(jvm.out()).contains("driver: prepared");
      List<String> seen = jvm.out().stream().filter(l -> !l.startsWith("driver: ")).toList();
      assertThat(seen).containsExactlyElementsOf(plain);
    }
  }

  private List<String> plain(JavaHome java) throws Exception {
    List<String> command = new ArrayList<>(List.of(java.tool("java")));
    command.addAll(PROBE);
    try (Jvm jvm = Jvm.start(release, Map.of("LC_ALL", "C.UTF-8"), command)) {
      assertThat(jvm.exitCode()).as("stderr %s", jvm.err()).isZero();
      return List.copyOf(jvm.out());
    }
  }

  private static String probe(String anonymous) {
    return ClassPathProbe.class.getName().replace('.', '/') + "$" + anonymous + ".class";
  }

  private static byte[] bytes(String name) throws Exception {
    try (var in = ClassPathProbe.class.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** The same class with another text of the same length. */
  private static byte[] nextAnswer() {
    String bytes =
        new String(TestJar.bytesOf(ClassPathProbe.Answer.class), StandardCharsets.ISO_8859_1);
    return bytes
        .replace("the base version", "the next version")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
