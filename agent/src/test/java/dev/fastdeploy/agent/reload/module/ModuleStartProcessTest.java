package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.ReleasedApplication;
import dev.fastdeploy.agent.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How an application starts and ends that runs in a module, held against what java does. */
class ModuleStartProcessTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String MAIN = ReleasedApplication.class.getName();

  private @TempDir Path root;
  private ReleaseFixture fixture;

  @BeforeEach
  void setUp() throws Exception {
    fixture = new ReleaseFixture(root);
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, hook, 0, 1",
    "RUNNING, hook throw, 1, 1",
    "NEWEST, hook throw, 1, 1",
    "RUNNING, hook exit:3, 3, 1",
    "NEWEST, hook exit:3, 3, 1",
    "RUNNING, hook halt:4, 4, 0",
    "RUNNING, hook daemon:never, 0, 1"
  })
  void endsAsItWouldWithoutTheModule(Java java, String steps, int code, int hooks)
      throws Exception {
    try (Jvm jvm = fixture.start(java.home(), fixture.release("aaa", steps))) {
      assertThat(jvm.exitCode()).as("stderr %s", jvm.err()).isEqualTo(code);
      assertThat(jvm.out()).contains("driver: prepared", "aaa: main on main []");
      assertThat(jvm.out().stream().filter("aaa: hook"::equals)).hasSize(hooks);
      assertThat(jvm.err().stream().filter(line -> line.startsWith("Exception in thread")))
          .hasSize(steps.contains("throw") ? 1 : 0);
    }
  }

  @Test
  void livesAsLongAsAThreadOfItDoes() throws Exception {
    try (Jvm jvm = fixture.start(JavaHome.running(), fixture.release("aaa", "thread:end"))) {
      await().atMost(LONG).until(() -> jvm.out().contains("aaa: main ends"));
      assertThat(jvm.alive()).isTrue();
      fixture.signal("end");
      assertThat(jvm.exitCode()).isZero();
    }
  }

  @Test
  void refusesWhereNobodyHasToldWhichReleaseItIs() throws Exception {
    Path release = fixture.release("aaa", "nothing");
    try (Jvm jvm = fixture.startUnknown(JavaHome.running(), release)) {
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).contains("aaa: main on main []");
      assertThat(jvm.said())
          .containsExactly(
              "fastdeploy: the strategy 'module' is not prepared: no launcher started this service,"
                  + " and the environment does not tell its release; start it as 'java -jar"
                  + " fastdeploy.jar current --help' says; the service starts without it");
    }
  }

  @Test
  void saysThatItIsExperimental() throws Exception {
    try (Jvm jvm = fixture.start(JavaHome.running(), fixture.release("aaa", "nothing"))) {
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.said()).singleElement().asString().contains("EXPERIMENTAL", "'module'");
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void runsAJarWithTheClassPathOfEachReleasesManifest(Java java) throws Exception {
    Path first = extracted("aaa", "await:end", "lib/a.jar");
    Path second = extracted("bbb", "nothing", "lib/b.jar");
    List<String> command = List.of("-jar", "app.jar", fixture.signals(), "x");
    try (Jvm jvm = fixture.start(java.home(), first, List.of(), command)) {
      await().atMost(LONG).until(() -> jvm.out().contains("aaa: main on main [x]"));

      jvm.input("reload " + first + " " + second);

      await().atMost(LONG).until(() -> jvm.out().contains("bbb: main ends"));
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void findsAJarThatOnlyTheNextReleaseHasBehindAWildcard(Java java) throws Exception {
    Path first = wildcard("aaa", "lib/a.jar", "await:end");
    Path second = wildcard("bbb", "lib/b.jar", "nothing");
    List<String> command = List.of("-cp", "conf:lib/*", MAIN, fixture.signals());
    try (Jvm jvm = fixture.start(java.home(), first, List.of(), command)) {
      await().atMost(LONG).until(() -> jvm.out().contains("aaa: main on main []"));

      jvm.input("reload " + first + " " + second);

      await().atMost(LONG).until(() -> jvm.out().contains("bbb: main ends"));
    }
  }

  @Test
  void pathsOfTheReleaseInArgumentsAndPropertiesMoveToTheNext() throws Exception {
    Path first = fixture.release("aaa", "property:app.conf await:end");
    Path second = fixture.release("bbb", "property:app.conf");
    List<String> command =
        List.of("-cp", "classes", MAIN, fixture.signals(), "--c=" + first + "/c", first + "x");
    List<String> options = List.of("-Dapp.conf=" + first + "/conf");
    try (Jvm jvm = fixture.start(JavaHome.running(), first, options, command)) {
      await().atMost(LONG).until(() -> jvm.out().contains("aaa: app.conf is " + first + "/conf"));

      jvm.input("reload " + first + " " + second);

      await().atMost(LONG).until(() -> jvm.out().contains("bbb: main ends"));
      assertThat(jvm.out())
          .contains("bbb: main on main [--c=" + second + "/c, " + first + "x]")
          .contains("bbb: app.conf is " + second + "/conf");
    }
  }

  @Test
  void refusesAFatJarAndLetsItRun() throws Exception {
    Path staging = fixture.home().newStagingDirectory();
    String loader = "org.springframework.boot.loader.launch.JarLauncher";
    new TestJar()
        .attribute("Main-Class", loader)
        .bytes(loader.replace('.', '/') + ".class", launcher(loader))
        .write(staging.resolve("app.jar"));
    Path release = fixture.publish(staging, "aaa");
    try (Jvm jvm =
        fixture.start(JavaHome.running(), release, List.of(), List.of("-jar", "app.jar"))) {
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).contains("driver: not prepared", "launched");
      assertThat(jvm.said())
          .singleElement()
          .asString()
          .startsWith("fastdeploy: the strategy 'module' is not prepared: ")
          .contains("Spring Boot", "java -Djarmode=tools -jar app.jar extract");
    }
  }

  @Test
  void refusesAMainClassThatIsLoadedAlready() throws Exception {
    Path release = fixture.release("aaa", "nothing");
    Path other =
        new TestJar()
            .attribute("Premain-Class", EagerAgent.class.getName())
            .type(EagerAgent.class)
            .write(root.resolve("eager.jar"));
    try (Jvm jvm =
        fixture.start(
            JavaHome.running(),
            release,
            List.of("-javaagent:" + other + "=" + MAIN),
            List.of("-cp", "classes", MAIN, fixture.signals()))) {
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).contains("driver: not prepared", "aaa: main ends");
      assertThat(jvm.said())
          .singleElement()
          .asString()
          .contains("the main class " + MAIN + " was loaded before");
    }
  }

  @Test
  void refusesAModule() throws Exception {
    Path release = fixture.release("aaa", "nothing");
    try (Jvm jvm =
        fixture.start(
            JavaHome.running(),
            release,
            List.of(),
            List.of("-m", "jdk.httpserver/sun.net.httpserver.simpleserver.Main"))) {
      await().atMost(LONG).until(() -> !jvm.said().isEmpty());
      assertThat(jvm.said()).singleElement().asString().contains("starts a module (-m)");
    }
  }

  @Test
  void refusesAModulePathBesideTheClassPath() throws Exception {
    Path release = fixture.release("aaa", "nothing");
    Path mods = root.resolve("mods");
    new TestJar()
        .attribute("Automatic-Module-Name", "some.lib")
        .type(EagerAgent.class)
        .write(mods.resolve("lib.jar"));
    assertNotPrepared(
        release,
        List.of("-p", mods.toString(), "--add-modules", "some.lib"),
        "the command has the module some.lib on its module path (-p)");
  }

  @Test
  void refusesASystemClassLoaderOfTheApplications() throws Exception {
    assertNotPrepared(
        fixture.release("aaa", "nothing"),
        List.of("-Djava.system.class.loader=" + OwnSystemLoader.class.getName()),
        "its own system class loader (" + OwnSystemLoader.class.getName() + ")");
  }

  private void assertNotPrepared(Path release, List<String> options, String reason)
      throws Exception {
    Path jar = new TestJar().type(OwnSystemLoader.class).write(root.resolve("loader.jar"));
    List<String> command = List.of("-cp", "classes:" + jar, MAIN, fixture.signals());
    try (Jvm jvm = fixture.start(JavaHome.running(), release, options, command)) {
      assertThat(jvm.exitCode()).as("stderr %s", jvm.err()).isZero();
      assertThat(jvm.out()).contains("driver: not prepared", "aaa: main ends");
      assertThat(jvm.said()).singleElement().asString().contains(reason);
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void passesOverWhatIsNoJarBehindAWildcardAsTheJvmDoes(Java java) throws Exception {
    Path first = wildcard("aaa", "lib/a.jar", "await:end");
    Path second = wildcard("bbb", "lib/b.jar", "nothing");
    for (Path release : List.of(first, second)) {
      Path lib = release.resolve("lib");
      Files.createFile(lib.resolve("empty.jar"));
      Files.writeString(lib.resolve("._main.jar"), "Mac OS X");
      Files.createSymbolicLink(lib.resolve("dangling.jar"), Path.of("nowhere.jar"));
      Files.createDirectory(lib.resolve("directory.jar"));
      Files.writeString(lib.resolve("truncated.jar"), "PK\003\004");
    }
    Files.createFile(second.resolve("lib/only-here.jar"));
    List<String> command = List.of("-cp", "conf:lib/*", MAIN, fixture.signals());
    try (Jvm jvm = fixture.start(java.home(), first, List.of(), command)) {
      await().atMost(LONG).until(() -> jvm.out().contains("aaa: main on main []"));

      jvm.input("examine " + first + " " + second);
      jvm.input("reload " + first + " " + second);

      await().atMost(LONG).until(() -> jvm.out().contains("bbb: main ends"));
      assertThat(jvm.out()).contains("driver: prepared", "driver: examine -> null");
    }
  }

  private static byte[] launcher(String name) {
    return new ByteBuddy().redefine(Launched.class).name(name).make().getBytes();
  }

  /** An application as Spring Boot extracts it: its own jar names the libraries. */
  private Path extracted(String commit, String steps, String library) throws Exception {
    Path staging = fixture.home().newStagingDirectory();
    new TestJar()
        .attribute("Main-Class", MAIN)
        .attribute("Class-Path", library)
        .types(ReleasedApplication.CLASSES)
        .write(staging.resolve("app.jar"));
    new TestJar()
        .text(ReleasedApplication.RESOURCE, text(commit, steps))
        .write(staging.resolve(library));
    return fixture.publish(staging, commit);
  }

  private Path wildcard(String commit, String library, String steps) throws Exception {
    Path staging = fixture.home().newStagingDirectory();
    new TestJar().types(ReleasedApplication.CLASSES).write(staging.resolve("lib/main.jar"));
    new TestJar()
        .text(ReleasedApplication.RESOURCE, text(commit, steps))
        .write(staging.resolve(library));
    Files.createDirectory(staging.resolve("conf"));
    return fixture.publish(staging, commit);
  }

  private static String text(String commit, String steps) {
    return "commit=" + commit + "\nsteps=" + steps + "\n";
  }
}
