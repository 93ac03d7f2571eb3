package dev.fastdeploy.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.reload.ApplicationClasses;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes are counted by where they came from. */
class ClassOriginCheckTest {

  private @TempDir Path directory;

  @Test
  void tellsInsideFromOutside() throws Exception {
    Path release = Files.createDirectories(directory.resolve("release"));
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(directory.resolve("current"), release);
    Class<?> inside = loadedFrom(release);
    Class<?> throughLink = loadedFrom(link);
    Class<?> outside = loadedFrom(elsewhere);

    ClassOrigin origin =
        check(release, String.class, inside, throughLink, outside, inside.arrayType());

    assertThat(origin.fromRelease()).isEqualTo(2);
    assertThat(origin.fromElsewhere()).isOne();
  }

  @Test
  void leavesOutWhatIsNotTheApplications() throws Exception {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, a) -> null);

    ClassOrigin origin =
        check(
            directory,
            String.class,
            java.sql.Driver.class,
            proxy.getClass(),
            ClassOriginCheck.class);

    assertThat(origin.fromRelease()).isZero();
    assertThat(origin.fromElsewhere()).isZero();
  }

  @Test
  void namesClassPathEntriesOutsideOfTheRelease() throws Exception {
    Path classes =
        Path.of(ClassOriginCheck.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    ClassOrigin origin = check(directory.toRealPath());
    assertThat(origin.outside()).anyMatch(entry -> classes.equals(Path.of(entry)));

    ClassOrigin fromHere = check(classes.toRealPath());
    assertThat(fromHere.outside()).noneMatch(entry -> classes.equals(Path.of(entry)));
  }

  @Test
  void whatIsLeftOfAReplacedReleaseDoesNotCount() throws Exception {
    Class<?> left = loadedFrom(Files.createDirectories(directory.resolve("before")));
    Class<?> outside = loadedFrom(Files.createDirectories(directory.resolve("elsewhere")));
    ApplicationClasses application =
        new ApplicationClasses() {
          @Override
          public boolean passesOver(Class<?> type) {
            return type == left;
          }

          @Override
          public byte[] loaded(@Nullable ClassLoader loader, byte[] file) {
            return file;
          }
        };
    ClassOriginCheck check =
        new ClassOriginCheck(
            instrumentation(left, outside),
            application,
            directory.resolve("release"),
            directory.resolve("fastdeploy.jar"));

    assertThat(check.check().fromElsewhere()).isOne();
  }

  @Test
  void entriesOfTheReleaseThatWasStartedStandForTheOneThatRuns() throws Exception {
    Path classes =
        Path.of(ClassOriginCheck.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ClassOriginCheck check =
        new ClassOriginCheck(
            instrumentation(),
            ApplicationClasses.UNTOUCHED,
            classes.toRealPath(),
            directory.resolve("fastdeploy.jar"));

    check.releaseChanged(directory.toRealPath());

    assertThat(check.check().outside()).noneMatch(entry -> classes.equals(Path.of(entry)));
  }

  private ClassOrigin check(Path release, Class<?>... loaded) throws IOException {
    return new ClassOriginCheck(
            instrumentation(loaded),
            ApplicationClasses.UNTOUCHED,
            release.toRealPath(),
            directory.resolve("fastdeploy.jar"))
        .check();
  }

  /** The JVM's own cannot be had without an agent. */
  private static Instrumentation instrumentation(Class<?>... loaded) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            ClassOriginCheckTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getAllLoadedClasses")) {
                return loaded;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Class<?> loadedFrom(Path place) throws Exception {
    String name = Sample.class.getName();
    Path file = place.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    try (InputStream in =
        Sample.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
      Files.write(file, in.readAllBytes());
    }
    // A link's own name must stay in the URL.
    URL url = new URL("file:" + place + "/");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, null)) {
      return loader.loadClass(name);
    }
  }

  /** An application's class. */
  static final class Sample {}
}
