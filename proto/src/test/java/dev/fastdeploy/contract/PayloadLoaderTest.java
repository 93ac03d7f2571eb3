package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadLoaderTest {

  @Test
  void tellsEachTimeThatAClassFindsNoMemoryOnTheThreadConcerned() throws Exception {
    List<Thread> told = new ArrayList<>();
    try (PayloadLoader loader = new PayloadLoader(new URL[] {withoutMemory()}, () -> new URL[0])) {
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
