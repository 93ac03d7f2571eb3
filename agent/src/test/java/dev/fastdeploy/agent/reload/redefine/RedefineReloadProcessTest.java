package dev.fastdeploy.agent.reload.redefine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.agent.reload.Obstacle;
import dev.fastdeploy.agent.testing.JavaHome;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Redefinition in real JVMs. */
class RedefineReloadProcessTest {

  private static final String MAIN =
      """
      package app;
      public class Main {
        public static void main(String[] a) throws Exception {
          System.out.println("started");
          Thread.currentThread().join();
        }
      """;

  @TempDir private Path root;
  private Path releases;

  /** The JDKs that services run on. */
  private enum Java {
    RUNNING,
    NEWEST;

    JavaHome home() {
      Optional<JavaHome> home =
          this == RUNNING ? Optional.of(JavaHome.running()) : JavaHome.newest();
      assumeTrue(home.isPresent(), "no JDK 25 or later is installed beside the running one");
      return home.get();
    }
  }

  private static Stream<Arguments> javasAndLayouts() {
    return Stream.of(Java.values())
        .flatMap(java -> Stream.of(Layout.values()).map(layout -> Arguments.of(java, layout)));
  }

  @BeforeEach
  void create() throws IOException {
    releases = Files.createDirectory(root.toRealPath().resolve("releases"));
  }

  @ParameterizedTest
  @MethodSource("javasAndLayouts")
  void loadedAndLaterLoadedClassesRunTheReleaseThatWasReloadedLast(Java java, Layout layout)
      throws Exception {
    publish(layout, "c", evolving("c", "b", "c"));
    try (RunningService service =
        start(java, layout, evolving("a", "a", "a"), evolving("b", "b", "a"))) {
      assertThat(service.ask("call app.Main answer")).containsExactly("a");

      assertThat(service.ask("examine a b")).isEmpty();
      assertThat(service.ask("reload a b"))
          .containsExactly(
              "reloading",
              "note: classes that changed: 3; redefined: 1; the others have the new code once they"
                  + " are loaded");
      assertThat(service.ask("call app.Main answer")).containsExactly("b");
      assertThat(service.ask("call app.Second answer")).containsExactly("ba");
      service.ask("proven");

      assertThat(service.ask("reload b c")).contains("reloading");
      assertThat(service.ask("call app.Main answer")).containsExactly("c");
      assertThat(service.ask("call app.Second answer")).containsExactly("bc");
      assertThat(service.ask("call app.First answer")).containsExactly("b");

      assertThat(service.ask("restore b")).isEmpty();
      assertThat(service.ask("call app.Main answer")).containsExactly("b");
      assertThat(service.ask("call app.Second answer")).containsExactly("ba");

      service.ask("reload b a");
      assertThat(service.ask("call app.Main answer")).containsExactly("a");
      assertThat(service.ask("call app.Second answer")).containsExactly("aa");
      assertThat(service.ask("call app.First answer")).containsExactly("a");
      assertThat(service.ask("failure")).containsExactly("none");
      assertThat(service.said()).filteredOn(line -> line.contains("EXPERIMENTAL")).hasSize(1);
    }
  }

  /** What differs once: Main in every step, First and its base from a to b, Second from b to c. */
  private static Map<String, String> evolving(String main, String first, String second) {
    return Map.of(
        "app/Main.java",
        MAIN + "  public static String answer() { return \"" + main + "\"; }\n}",
        "app/Base.java",
        "package app; class Base { static String base() { return \"" + first + "\"; } }",
        "app/First.java",
        """
        package app;
        public class First extends Base {
          public static String answer() { return base().equals("%s") ? "%s" : "torn"; }
        }
        """
            .formatted(first, first),
        "app/Second.java",
        """
        package app;
        public class Second extends Base {
          public static String answer() { return base().concat(own()); }
          static String own() { return "%s"; }
        }
        """
            .formatted(second));
  }

  @ParameterizedTest
  @EnumSource
  void laterLoadedClassOfARestoredReleaseRunsTheOldCode(Java java) throws Exception {
    try (RunningService service =
        start(java, Layout.DIRECTORY, evolving("a", "a", "a"), evolving("b", "b", "b"))) {
      service.ask("reload a b");
      assertThat(service.ask("call app.First answer")).containsExactly("b");

      assertThat(service.ask("restore a")).isEmpty();

      assertThat(service.ask("call app.Main answer")).containsExactly("a");
      assertThat(service.ask("call app.First answer")).containsExactly("a");
      assertThat(service.ask("call app.Second answer")).containsExactly("aa");
      assertThat(service.ask("restore a"))
          .containsExactly("declined: the release a is not the one that was redefined last");
    }
  }

  @ParameterizedTest
  @EnumSource
  void compiledCodeAndEveryKindOfClassChange(Java java) throws Exception {
    String another = "java.util.stream.IntStream.range(0, step).sum() - Math.floorMod(value, 7)";
    try (RunningService service =
        start(java, Layout.DIRECTORY, kinds("1", "value + step"), kinds("2", another))) {
      assertThat(service.ask("call app.Main kinds")).containsExactly("[1, 1, 1, 1, 1, 1, 1]");
      assertThat(service.ask("call app.Main hot")).containsExactly("200000");

      assertThat(service.ask("reload a b"))
          .containsExactly("reloading", "note: classes that changed: 6; redefined: 6");

      assertThat(service.ask("call app.Main kinds")).containsExactly("[2, 2, 2, 2, 2, 2, 2]");
      assertThat(service.ask("call app.Main hot")).containsExactly("0");
    }
  }

  private static Map<String, String> kinds(String number, String step) {
    String main =
        MAIN
            + """
              sealed interface Shape permits Circle, Square { default int s() { return NUMBER; } }
              record Circle(int radius) implements Shape {
                static int made() { return NUMBER; }
                Circle { if (radius < 0) { throw new IllegalArgumentException(); } }
                int r() { return NUMBER; }
              }
              static final class Square implements Shape {
                class Inner<T> { int i(T t) { return NUMBER; } }
              }
              enum Kind { ONE; int k() { return NUMBER; } }
              static class Failing {
                int f() {
                  try {
                    throw new IllegalStateException();
                  } catch (IllegalStateException expected) {
                    return NUMBER;
                  }
                }
              }
              private int own() { return NUMBER; }
              private static final Circle CIRCLE = new Circle(1);
              private static final Square.Inner<String> INNER = new Square().new Inner<>();
              private static final Runnable LAMBDA = () -> System.gc();
              private static final Object ANONYMOUS = new Object() {};
              public static Object kinds() {
                return java.util.List.of(
                    CIRCLE.s(), CIRCLE.r(), Circle.made(), INNER.i(""), Kind.ONE.k(),
                    new Failing().f(), new Main().own());
              }
              private static int step(int value, int step) { return STEP; }
              private static int total(int rounds) {
                int value = 0;
                for (int i = 0; i < rounds; i++) { value = step(value, 1); }
                return value;
              }
              public static Object hot() {
                for (int i = 0; i < 200; i++) { total(1000); }
                return total(200_000);
              }
            }
            """
                .replace("NUMBER", number)
                .replace("STEP", step);
    return Map.of("app/Main.java", main);
  }

  @ParameterizedTest
  @EnumSource
  void newLinesShowInStackTraces(Java java) throws Exception {
    String method =
        """
          static final Object INITIALISED = new Object();
          static Runnable lambda() { return () -> System.gc(); }
          public static Object line() { return new Throwable().getStackTrace()[0].getLineNumber(); }
        }
        """;
    try (RunningService service =
        start(
            java,
            Layout.DIRECTORY,
            Map.of("app/Main.java", MAIN + method),
            Map.of("app/Main.java", MAIN + "\n\n" + method))) {
      assertThat(service.ask("call app.Main line")).containsExactly("9");

      service.ask("reload a b");

      assertThat(service.ask("call app.Main line")).containsExactly("11");
    }
  }

  @ParameterizedTest
  @EnumSource
  void classesThatAreLoadedMeanwhileRunTheNewCode(Java java) throws Exception {
    try (RunningService service = start(java, Layout.JAR, many("a"), many("b"))) {
      service.ask("call app.Main load");

      assertThat(service.ask("reload a b")).contains("reloading");

      assertThat(service.ask("call app.Main answers")).containsExactly("[b]");
    }
  }

  /** Two hundred classes, which a thread loads one after the other. */
  private static Map<String, String> many(String value) {
    Map<String, String> sources = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      sources.put(
          "app/C" + i + ".java",
          "package app; class C%d { static String answer() { return \"%s\"; } }"
              .formatted(i, value));
    }
    sources.put(
        "app/Main.java",
        MAIN
            + """
              static Thread loader;
              static String get(int i) throws Exception {
                return (String) Class.forName("app.C" + i).getDeclaredMethod("answer").invoke(null);
              }
              static void loadAll() {
                try {
                  for (int i = 0; i < 200; i++) { get(i); }
                } catch (Exception e) { throw new IllegalStateException(e); }
              }
              public static void load() throws Exception {
                get(0);
                loader = new Thread(Main::loadAll);
                loader.start();
              }
              public static Object answers() throws Exception {
                loader.join();
                java.util.Set<String> answers = new java.util.TreeSet<>();
                for (int i = 0; i < 200; i++) { answers.add(get(i)); }
                return answers;
              }
            }
            """);
    return sources;
  }

  @ParameterizedTest
  @EnumSource
  void threadInsideAChangedMethodIsReportedAndLeavesItWithTheOldCode(Java java) throws Exception {
    try (RunningService service = start(java, Layout.DIRECTORY, blocking("a"), blocking("b"))) {
      service.ask("call app.Main enter");

      assertThat(service.ask("reload a b"))
          .containsExactly(
              "reloading",
              "note: the thread 'in-changed' is inside app.Main: java.lang.String work(), and leaves"
                  + " it with the old code",
              "note: classes that changed: 1; redefined: 1");

      assertThat(service.ask("call app.Main leave")).containsExactly("a, then b");
    }
  }

  private static Map<String, String> blocking(String value) {
    return Map.of(
        "app/Main.java",
        MAIN
            + """
              static final java.util.concurrent.CountDownLatch INSIDE =
                  new java.util.concurrent.CountDownLatch(2);
              static final java.util.concurrent.CountDownLatch END =
                  new java.util.concurrent.CountDownLatch(1);
              static volatile String result;
              static Thread busy;
              static String work() throws Exception {
                INSIDE.countDown();
                END.await();
                return "%s";
              }
              static void work(int same) throws Exception {
                INSIDE.countDown();
                END.await();
              }
              public static void enter() throws Exception {
                busy = new Thread("in-changed") {
                  public void run() { Main.runWork(); }
                };
                Thread other = new Thread("in-unchanged") {
                  public void run() { Main.runOther(); }
                };
                busy.setDaemon(true);
                other.setDaemon(true);
                busy.start();
                other.start();
                INSIDE.await();
              }
              static void runWork() {
                try { result = work(); } catch (Exception e) { result = "failed"; }
              }
              static void runOther() {
                try { work(1); } catch (Exception e) { result = "failed"; }
              }
              public static Object leave() throws Exception {
                END.countDown();
                busy.join();
                return String.join(", then ", result, work());
              }
            }
            """
                .formatted(value));
  }

  @ParameterizedTest
  @EnumSource
  void classThatAnotherAgentChangedIsRefused(Java java) throws Exception {
    try (RunningService service =
        start(java, Layout.DIRECTORY, evolving("text-a", "a", "a"), evolving("text-b", "a", "a"))) {
      service.ask("replace app.Base a z again");
      service.ask("replace app.Second a z once");
      service.ask("call app.Second answer");
      assertThat(service.ask("reload a b")).contains("reloading");
      service.ask("restore a");

      service.ask("replace app.Main text-b text-z again");
      assertThat(service.ask("examine a b")).isEmpty();
      assertThat(service.ask("reload a b"))
          .containsExactly(
              "reloading",
              "declined: class app.Main: the JVM holds another body of method 'java.lang.String"
                  + " answer()' than the release b has: its loader or another agent changes the"
                  + " class");
      assertThat(service.ask("call app.Main answer")).containsExactly("text-a");

      service.ask("replace app.Main text-a text-y again");
      assertThat(service.ask("examine a b"))
          .containsExactly(
              "declined: class app.Main: the JVM holds another body of method 'java.lang.String"
                  + " answer()' than the release a has: its loader or another agent changes the"
                  + " class");
    }
  }

  @ParameterizedTest
  @EnumSource
  void laterLoadedClassThatAnotherAgentChangesIsAFailure(Java java) throws Exception {
    try (RunningService service =
        start(java, Layout.DIRECTORY, evolving("a", "text-a", "a"), evolving("b", "text-b", "a"))) {
      service.ask("replace app.Base text-a text-z once");
      service.ask("reload a b");
      assertThat(service.ask("failure")).containsExactly("none");

      service.ask("call app.First answer");

      assertThat(service.ask("failure"))
          .containsExactly(
              "class app.Base has the new release's code without what its loader or another agent"
                  + " makes of it");
    }
  }

  @ParameterizedTest
  @EnumSource
  void laterLoadedClassWhoseNewCodeIsGoneIsAFailure(Java java) throws Exception {
    try (RunningService service =
        start(java, Layout.DIRECTORY, evolving("a", "a", "a"), evolving("b", "b", "b"))) {
      service.ask("reload a b");
      Path gone = releases.resolve("b/classes/app/Second.class");
      Files.delete(gone);

      service.ask("call app.Second answer");

      assertThat(service.ask("failure"))
          .containsExactly(
              "class app.Second was loaded as the release before has it: '"
                  + gone
                  + "' does not exist");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAnotherStrategyMakesOfAClassIsKept(Java java) throws Exception {
    try (RunningService service = start(java, Layout.DIRECTORY, marked("a"), marked("b"))) {
      service.ask("lead app.Loaded mark MARK");
      service.ask("lead app.Later mark MARK");
      assertThat(service.ask("call app.Loaded answer")).containsExactly("MARKa");

      assertThat(service.ask("reload a b")).contains("reloading");

      assertThat(service.ask("call app.Loaded answer")).containsExactly("MARKb");
      assertThat(service.ask("call app.Later answer")).containsExactly("MARKb");
      assertThat(service.ask("failure")).containsExactly("none");
    }
  }

  private static Map<String, String> marked(String text) {
    String source =
        "package app; public class %s { public static String answer() { return"
            + " \"mark\".concat(\"%s\"); } }";
    return Map.of(
        "app/Main.java",
        MAIN + "}",
        "app/Loaded.java",
        source.formatted("Loaded", text),
        "app/Later.java",
        source.formatted("Later", text));
  }

  @ParameterizedTest
  @EnumSource
  void classThatIsLoadedFromElsewhereOrTwiceOrHiddenIsRefused(Java java) throws Exception {
    publish(Layout.DIRECTORY, "c", loading("a", "a", "b"));
    try (RunningService service =
        start(java, Layout.DIRECTORY, loading("a", "a", "a"), loading("b", "b", "b"))) {
      service.ask("call app.Loading elsewhere");
      assertThat(service.ask("examine a b"))
          .singleElement()
          .asString()
          .matches(
              "declined: class app.Base changed in classes/app/Base.class, but the loader 'other'"
                  + " java.net.URLClassLoader@\\w+ loaded it from [^.]*/elsewhere");

      service.ask("call app.First answer");
      assertThat(service.ask("reload a b"))
          .singleElement()
          .asString()
          .matches(
              "declined: class app.Base is loaded twice: by the loader '(other|app)' \\S+ and by"
                  + " the loader '(other|app)' \\S+");

      service.ask("leave other");
      assertThat(service.ask("examine a b")).isEmpty();

      service.ask("call app.Loading hide");
      assertThat(service.ask("examine a c"))
          .singleElement()
          .asString()
          .matches(
              "declined: class app.Second/\\w+ is hidden, and no hidden class can be redefined");
    }
  }

  private static Map<String, String> loading(String main, String first, String second) {
    Map<String, String> sources = new HashMap<>(evolving(main, first, second));
    sources.put("app/Loading.java", LOADING);
    return sources;
  }

  /** Defines First in a loader of its own, and Second as a hidden class. */
  private static final String LOADING =
      """
      package app;
      public class Loading {
        static Object kept;
        public static void elsewhere() throws Exception {
          java.nio.file.Path classes = java.nio.file.Path.of("classes");
          java.nio.file.Path to = java.nio.file.Path.of("../../elsewhere");
          java.nio.file.Files.createDirectories(to.resolve("app"));
          for (String name : new String[] {"app/Base.class", "app/First.class"}) {
            java.nio.file.Files.copy(classes.resolve(name), to.resolve(name));
          }
          ClassLoader loader =
              new java.net.URLClassLoader("other", new java.net.URL[] {to.toUri().toURL()}, null);
          kept = Class.forName("app.First", true, loader);
        }
        public static void nowhere() throws Exception {
          kept = new ClassLoader(null) {
            Class<?> base() throws Exception {
              java.nio.file.Path file = java.nio.file.Path.of("classes/app/Base.class");
              byte[] bytes = java.nio.file.Files.readAllBytes(file);
              return defineClass("app.Base", bytes, 0, bytes.length);
            }
          }.base();
        }
        public static void hide() throws Exception {
          byte[] bytes =
              java.nio.file.Files.readAllBytes(java.nio.file.Path.of("classes/app/Second.class"));
          kept = java.lang.invoke.MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
        }
      }
      """;

  @ParameterizedTest
  @EnumSource
  void laterLoadedClassThatDoesNotSayWhereItLiesIsAFailure(Java java) throws Exception {
    try (RunningService service =
        start(java, Layout.DIRECTORY, loading("a", "a", "a"), loading("b", "b", "b"))) {
      service.ask("reload a b");

      service.ask("call app.Loading nowhere");

      assertThat(service.ask("failure"))
          .containsExactly(
              "class app.Base was loaded as the release before has it: its loader does not say where"
                  + " it lies");
    }
  }

  @ParameterizedTest
  @EnumSource
  void codeThatTheJvmRefusesChangesNothing(Java java) throws Exception {
    try (RunningService service =
        start(java, Layout.DIRECTORY, evolving("a", "a", "a"), evolving("b", "b", "a"))) {
      service.ask("call app.First answer");
      breakCode(releases.resolve("b/classes/app/Main.class"));

      assertThat(service.ask("reload a b"))
          .hasSize(2)
          .last()
          .asString()
          .startsWith("declined: the JVM did not redefine 3 classes (app.")
          .contains(", …) as in the release b: ");

      assertThat(service.ask("call app.Main answer")).containsExactly("a");
      assertThat(service.ask("call app.First answer")).containsExactly("a");
      assertThat(service.ask("call app.Second answer")).containsExactly("aa");
    }
  }

  /** Has {@code answer} return a number as an object. */
  private static void breakCode(Path classFile) throws IOException {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(Files.readAllBytes(classFile))
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String types, String signature, String[] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, types, signature, exceptions);
                return !name.equals("answer")
                    ? next
                    : new MethodVisitor(Opcodes.ASM9, next) {
                      @Override
                      public void visitLdcInsn(Object value) {
                        super.visitInsn(Opcodes.ICONST_1);
                      }
                    };
              }
            },
            0);
    Files.write(classFile, writer.toByteArray());
  }

  @ParameterizedTest
  @EnumSource
  void moreThanBodiesIsRefusedBeforeAnythingChanges(Java java) throws Exception {
    publish(Layout.JAR, "same", evolving("a", "a", "a"));
    Map<String, String> more = new HashMap<>(evolving("b", "b", "b"));
    more.computeIfPresent(
        "app/Second.java", (path, text) -> text.replaceFirst("\\}\\s*$", "int size; }"));
    try (RunningService service = start(java, Layout.JAR, evolving("a", "a", "a"), more)) {
      assertThat(service.ask("examine a b"))
          .containsExactly(
              "declined: more than method bodies changed: lib/app.jar: class app.Second: field 'int"
                  + " size' was added");
      assertThat(service.ask("call app.Main answer")).containsExactly("a");

      assertThat(service.ask("reload a same"))
          .containsExactly("reloading", "note: classes that changed: 0; redefined: 0");
      assertThat(service.ask("obstacle")).containsExactly("false");
    }
  }

  @Test
  void jvmThatLetsNoAgentRedefineIsAnObstacle() {
    Instrumentation without =
        (Instrumentation)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> method.getName().startsWith("isRetransform"));

    assertThat(new RedefineReload(without, ApplicationClasses.UNTOUCHED).obstacle())
        .contains(
            new Obstacle(
                "this JVM lets no agent redefine classes; use the strategy 'process'", true));
  }

  /** Publishes the releases a and b, and runs a. */
  private RunningService start(
      Java java, Layout layout, Map<String, String> a, Map<String, String> b) throws IOException {
    publish(layout, "a", a);
    publish(layout, "b", b);
    return RunningService.start(java.home(), releases, "a", layout.classPath());
  }

  private void publish(Layout layout, String commit, Map<String, String> sources)
      throws IOException {
    layout.publish(Files.createDirectory(releases.resolve(commit)), sources);
  }
}
