package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadLoaderTest {

  @TempDir Path folder;

  @Test
  void tellsEachTimeThatAClassFindsNoMemoryOnTheThreadConcerned() throws Exception {
    List<Thread> told = new ArrayList<>();
    LibraryIndex index = LibraryIndex.parse("some 0\n".getBytes(StandardCharsets.UTF_8));
    try (PayloadLoader loader = new PayloadLoader(List.of(withoutMemory()), index, List::of)) {
      loader.accept(() -> told.add(Thread.currentThread()));

      for (int times = 0; times < 2; times++) {
        assertThatThrownBy(() -> loader.loadClass("some.Name"))
            .isInstanceOf(OutOfMemoryError.class)
            .hasMessage("Metaspace");
      }
      assertThat(loader.loadClass("java.lang.String")).isSameAs(String.class);
    }

    assertThat(told).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void opensALibraryWhenSomethingInItIsNeeded() throws Exception {
    LibraryIndex index =
        LibraryIndex.parse(
            "a 0\nb 1 2\nMETA-INF/services/x.Y 2\n/ 0 2\n".getBytes(StandardCharsets.UTF_8));
    List<URL> libraries =
        List.of(
            library("0", "a/one", "root"),
            library("1", "b/one"),
            library("2", "b/two", "META-INF/services/x.Y", "root", "unlisted/three"));
    List<URL> forFleets = List.of(library("3", "unlisted/four", "unlisted/three"));
    try (PayloadLoader loader = new PayloadLoader(libraries, index, () -> forFleets)) {
      assertThat(loader.getURLs()).isEmpty();

      assertThat(text(loader.getResource("a/one"))).isEqualTo("0");
      assertThat(loader.getURLs()).containsExactly(libraries.get(0));
      assertThat(Collections.list(loader.getResources("META-INF/services/x.Y"))).hasSize(1);
      assertThat(loader.getURLs()).containsExactly(libraries.get(0), libraries.get(2));
      assertThat(loader.getResource("b/none")).isNull();
      assertThat(loader.getURLs()).hasSize(3).containsAll(libraries);

      assertThat(text(loader.getResource("b/one"))).isEqualTo("1");
      assertThat(Collections.list(loader.getResources("root"))).hasSize(2);
      assertThatThrownBy(() -> loader.loadClass("unknown.Name"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(loader.getResource("unlisted/four")).isNull();
      assertThat(loader.call()).isTrue();
      assertThat(text(loader.getResource("unlisted/four"))).isEqualTo("3");
    }
  }

  private URL library(String text, String... names) throws IOException {
    Path jar = folder.resolve(text + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar.toUri().toURL();
  }

  private static String text(@Nullable URL resource) throws IOException {
    URLConnection connection = Objects.requireNonNull(resource).openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static URL withoutMemory() throws IOException {
    return new URL(
        "test",
        "",
        -1,
        "/",
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            throw new OutOfMemoryError("Metaspace");
          }
        });
  }
}
