package dev.fastdeploy.agent.reload.redefine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.reload.CodePlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which release's code a class gets whose loader reads an older one. */
class LayersTest {

  private static final Path A = Path.of("/no/a");
  private static final Path B = Path.of("/no/b");
  private static final Path C = Path.of("/no/c");
  private static final ClassFile X = new ClassFile("x/X.class");
  private static final ClassFile Y = new ClassFile("x/Y.class");

  @Test
  void nothingIsMovedAtFirst() {
    assertThat(code(Layers.NONE, "x.X", A)).isEmpty();
    assertThat(Layers.NONE.directoriesOf(A)).containsExactly(A);
  }

  @Test
  void reloadsAddUp() {
    Layers layers = Layers.NONE.advanced(A, B, changed("x.X", X)).advanced(B, C, changed("x.Y", Y));

    assertThat(code(layers, "x.X", A)).contains(C);
    assertThat(code(layers, "x.Y", A)).contains(C);
    assertThat(code(layers, "x.Y", B)).contains(C);
    assertThat(code(layers, "x.Z", A)).isEmpty();
    assertThat(layers.directoriesOf(C)).containsExactlyInAnyOrder(A, B, C);
    assertThat(layers.directoriesOf(A)).isEmpty();
    assertThat(layers.directoriesOf(B)).isEmpty();
  }

  @Test
  void loaderOfTheReleaseItselfReadsItsOwnCode() {
    Layers layers = Layers.NONE.advanced(A, B, changed("x.X", X));

    assertThat(code(layers, "x.X", B)).isEmpty();
  }

  @Test
  void wayBackEndsAtTheFirstDirectory() {
    Layers layers = Layers.NONE.advanced(A, B, changed("x.X", X)).advanced(B, A, changed("x.X", X));

    assertThat(code(layers, "x.X", A)).isEmpty();
    assertThat(code(layers, "x.X", B)).contains(A);
    assertThat(layers.directoriesOf(A)).containsExactlyInAnyOrder(A, B);
  }

  private static Optional<Path> code(Layers layers, String className, Path loadedFrom) {
    return layers.moved(className, new CodePlace(loadedFrom, true, "")).map(Layers.Moved::code);
  }

  private static List<ChangedClass> changed(String name, ClassFile file) {
    return List.of(new ChangedClass(file, name, List.of()));
  }
}
