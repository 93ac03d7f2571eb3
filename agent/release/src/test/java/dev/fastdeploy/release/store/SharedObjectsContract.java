package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds for shared objects wherever they lie. */
abstract class SharedObjectsContract {

  private final String folder = "fleet/shop/" + UUID.randomUUID();

  abstract SharedObjects objects() throws Exception;

  @Test
  void createsWhatIsNotThereAndReplacesNothing() throws Exception {
    try (SharedObjects objects = objects()) {
      assertThat(objects.create(folder + "/a.json", bytes("mine"))).isTrue();
      assertThat(objects.create(folder + "/a.json", bytes("other"))).isFalse();

      assertThat(objects.read(folder + "/a.json")).hasValue(bytes("mine"));
    }
  }

  @Test
  void theSameContentAgainIsOnesOwnWrite() throws Exception {
    try (SharedObjects objects = objects()) {
      assertThat(objects.create(folder + "/a.json", bytes("mine"))).isTrue();
      assertThat(objects.create(folder + "/a.json", bytes("mine"))).isTrue();
    }
  }

  @Test
  void whatIsNotThereIsEmpty() throws Exception {
    try (SharedObjects objects = objects()) {
      assertThat(objects.read(folder + "/a.json")).isEmpty();
      assertThat(objects.list(folder, "", 10)).isEmpty();
    }
  }

  @Test
  void anEmptyObjectIsThere() throws Exception {
    try (SharedObjects objects = objects()) {
      assertThat(objects.create(folder + "/a.json", new byte[0])).isTrue();
      assertThat(objects.read(folder + "/a.json")).hasValue(new byte[0]);
    }
  }

  @Test
  void listsObjectsAndFoldersByName() throws Exception {
    try (SharedObjects objects = objects()) {
      for (String name : List.of("b", "a/x", "a/y", "c", "d/e/f")) {
        objects.create(folder + "/" + name, bytes(name));
      }

      assertThat(objects.list(folder, "", 10)).containsExactly("a", "b", "c", "d");
      assertThat(objects.list(folder, "", 1)).containsExactly("a");
      assertThat(objects.list(folder, "a", 2)).containsExactly("b", "c");
      assertThat(objects.list(folder + "/a", "x", 10)).containsExactly("y");
    }
  }

  @Test
  void ofManyThatCreateTheSameOneWins() throws Exception {
    int many = 8;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try (SharedObjects objects = objects()) {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        byte[] mine = bytes("owner " + i);
        tries.add(() -> objects.create(folder + "/begin.json", mine));
      }
      int won = 0;
      for (Future<Boolean> result : threads.invokeAll(tries)) {
        won += result.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
