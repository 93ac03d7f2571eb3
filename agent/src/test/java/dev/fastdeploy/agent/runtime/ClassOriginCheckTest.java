package dev.fastdeploy.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.reload.ApplicationClasses;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            null,
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
            null,
            classes.toRealPath(),
            directory.resolve("fastdeploy.jar"));

    check.releaseChanged(directory.toRealPath(), true);

    assertThat(check.check().outside()).noneMatch(entry -> classes.equals(Path.of(entry)));
  }

  @Test
  void classesOfAnotherReleaseAreTold() throws Exception {
    Home home = homeWith("c1", "c2");
    Class<?> own = loadedFrom(directoryOf(home, "c2"));
    Class<?> old = loadedFrom(directoryOf(home, "c1"));

    assertThat(check(home, "c2", own).staleBecause()).isEmpty();
    assertThat(check(home, "c2", own, old).staleBecause())
        .contains("1 class comes from another release", "releases/c1/", "{release}");
  }

  @Test
  void theImagesReleaseIsAnotherWhereverItLies() throws Exception {
    Path image = Files.createDirectories(directory.resolve("opt/app"));
    Home home = homeWith("c2");
    home.linkImage(new Commit("c1"), image);

    assertThat(check(home, "c2", loadedFrom(image)).staleBecause()).contains("/opt/app/");
    assertThat(check(home, "c1", loadedFrom(image)).staleBecause()).isEmpty();
  }

  @Test
  void aReleaseMayLieInsideAnother() throws Exception {
    Path image = Files.createDirectories(directory.resolve("srv"));
    Home home = new Home(image.resolve("home"));
    home.create();
    home.publish(home.newStagingDirectory(), new Commit("c2"));
    home.linkImage(new Commit("c1"), image);

    assertThat(check(home, "c2", loadedFrom(directoryOf(home, "c2"))).staleBecause()).isEmpty();
    assertThat(check(home, "c2", loadedFrom(image.resolve("lib"))).staleBecause()).isNotEmpty();
  }

  @Test
  void aLinkInTheReleaseLeadsWhereItLeads() throws Exception {
    Home home = homeWith("c1", "c2");
    Path c2 = directoryOf(home, "c2");
    loadedFrom(directoryOf(home, "c1").resolve("classes"));
    Files.createSymbolicLink(c2.resolve("linked"), Path.of("../c1/classes"));
    Path packageLink = c2.resolve("packages/" + packagePath());
    Files.createDirectories(packageLink.getParent());
    Files.createSymbolicLink(
        packageLink, directoryOf(home, "c1").resolve("classes/" + packagePath()));
    Path fileLink = c2.resolve("files/" + Sample.class.getName().replace('.', '/') + ".class");
    Files.createDirectories(fileLink.getParent());
    Files.createSymbolicLink(
        fileLink, packageLink.resolve(fileLink.getFileName().toString()).toRealPath());

    for (String place : List.of("linked", "packages", "files")) {
      assertThat(check(home, "c2", fromDirectory(c2.resolve(place))).staleBecause())
          .as(place)
          .contains("another release");
    }
  }

  @Test
  void whatALinkPointedToWhenTheClassWasFoundCounts() throws Exception {
    Home home = homeWith("c1", "c2");
    home.pointCurrentTo(new Commit("c1"));
    ClassOriginCheck check = checkOf(home, "c1", loadedFrom(home.current()));
    assertThat(check.checkAnew().fromRelease()).isOne();

    home.pointCurrentTo(new Commit("c2"));

    assertThat(check.checkAnew().staleBecause()).isEmpty();
  }

  @Test
  void codeThatWasTakenOverWithoutLoadingItAnewIsTheReleases() throws Exception {
    Home home = homeWith("c1", "c2", "c3");
    Class<?> first = loadedFrom(directoryOf(home, "c1"));
    Class<?> later = loadedFrom(directoryOf(home, "c2"));
    ClassOriginCheck check = checkOf(home, "c1", first, later);
    assertThat(check.check().staleBecause()).isNotEmpty();

    check.releaseChanged(directoryOf(home, "c2"), false);
    assertThat(check.check().staleBecause()).isEmpty();
    check.releaseChanged(directoryOf(home, "c3"), true);

    assertThat(check.check().staleBecause()).contains("2 classes");
  }

  @Test
  void anEntryOfTheClassPathInAnotherReleaseIsEnough() throws Exception {
    Home home = homeWith("c1", "c2");
    Path old = directoryOf(home, "c1");

    assertThat(withClassPath(old.toString(), () -> check(home, "c2")).staleBecause())
        .contains("class path entry", old.toString());
  }

  @Test
  void anEntryThatLeavesTheReleaseToComeBackIsDoubtful() throws Exception {
    Path release = Path.of("").toRealPath();
    String back = "../" + release.getFileName();

    ClassOrigin origin =
        withClassPath(
            back,
            () ->
                new ClassOriginCheck(
                        instrumentation(),
                        ApplicationClasses.UNTOUCHED,
                        null,
                        release,
                        directory.resolve("fastdeploy.jar"))
                    .check());

    assertThat(origin.unchangeableBecause()).isEmpty();
    assertThat(origin.doubtfulBecause()).contains("'" + back + "'");
  }

  @Test
  void classesOutsideAreNoReasonWhereAServerUnpacksTheRelease() throws Exception {
    Path release = Files.createDirectories(directory.resolve("release"));
    Class<?> unpacked = loadedFrom(Files.createDirectories(directory.resolve("tmp")));
    assertThat(check(release, unpacked).unchangeableBecause()).contains("no class of the");

    Files.createFile(Files.createDirectories(release.resolve("webapps")).resolve("shop.war"));

    ClassOrigin origin = check(release, unpacked);
    assertThat(origin.unchangeableBecause()).isEmpty();
    assertThat(origin.doubtfulBecause()).contains("unpacks");
  }

  private interface Look {
    ClassOrigin take() throws Exception;
  }

  private static ClassOrigin withClassPath(String entry, Look look) throws Exception {
    String before = System.getProperty("java.class.path");
    System.setProperty("java.class.path", entry);
    try {
      return look.take();
    } finally {
      System.setProperty("java.class.path", before);
    }
  }

  private Home homeWith(String... commits) throws IOException {
    Home home = new Home(directory.resolve("home"));
    home.create();
    for (String commit : commits) {
      home.publish(home.newStagingDirectory(), new Commit(commit));
    }
    return home;
  }

  private static Path directoryOf(Home home, String commit) throws IOException {
    return home.release(new Commit(commit)).orElseThrow().directory();
  }

  private static String packagePath() {
    return Sample.class.getPackageName().replace('.', '/');
  }

  private ClassOrigin check(Home home, String commit, Class<?>... loaded) throws IOException {
    return checkOf(home, commit, loaded).check();
  }

  private ClassOriginCheck checkOf(Home home, String commit, Class<?>... loaded)
      throws IOException {
    return new ClassOriginCheck(
        instrumentation(loaded),
        ApplicationClasses.UNTOUCHED,
        home,
        directoryOf(home, commit),
        directory.resolve("fastdeploy.jar"));
  }

  private ClassOrigin check(Path release, Class<?>... loaded) throws IOException {
    return new ClassOriginCheck(
            instrumentation(loaded),
            ApplicationClasses.UNTOUCHED,
            null,
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
    return fromDirectory(place);
  }

  private static Class<?> fromDirectory(Path place) throws Exception {
    // A link's own name must stay in the URL.
    URL url = new URL("file:" + place + "/");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, null)) {
      return loader.loadClass(Sample.class.getName());
    }
  }

  /** An application's class. */
  static final class Sample {}
}
