package dev.fastdeploy.agent.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassConstantsTest {

  private static final String HERE = "dev/fastdeploy/agent/listening/ClassConstantsTest$";

  /** Calls a method that is to be replaced; its constants have all that take two places. */
  public static final class Caller {

    private Caller() {}

    public static String call() {
      long one = 0x1234567890L;
      double two = 1.25e300;
      return Original.tell("x") + Original.other() + one + two;
    }
  }

  public static final class Original {

    private Original() {}

    public static String tell(String what) {
      return "original " + what;
    }

    public static String other() {
      return " other ";
    }
  }

  public static final class Replacement {

    private Replacement() {}

    public static String tell(String what) {
      return "replacement " + what;
    }
  }

  @Test
  void aCallGoesElsewhereAndTheRestStays() throws Exception {
    byte[] changed =
        ClassConstants.of(file("Caller"))
            .redirect(
                HERE + "Original",
                new String[] {"tell(Ljava/lang/String;)Ljava/lang/String;", "absent()V"},
                1,
                HERE + "Replacement");

    assertThat(called(changed, "call")).isEqualTo("replacement x other 781874935201.25E300");
    assertThat(Caller.call()).startsWith("original x");
  }

  @Test
  void aClassThatIsNotAsItWasKnownToBeIsLeftAlone() throws Exception {
    ClassConstants constants = ClassConstants.of(file("Caller"));

    assertThatThrownBy(
            () ->
                constants.redirect(
                    HERE + "Original",
                    new String[] {"tell(Ljava/lang/String;)Ljava/lang/String;", "absent()V"},
                    2,
                    HERE + "Replacement"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not as it was known to be");
  }

  @Test
  void aPatternGetsItsNames() throws Exception {
    byte[] changed =
        ClassConstants.of(file("Caller"))
            .rename(HERE, "Original", HERE + "Longer", "Caller", "somewhere/Else");
    byte[] original = ClassConstants.of(file("Original")).rename(HERE, "Original", HERE + "Longer");

    Map<String, byte[]> files =
        Map.of("somewhere.Else", changed, (HERE + "Longer").replace('/', '.'), original);
    assertThat(new Loader(files).loadClass("somewhere.Else").getMethod("call").invoke(null))
        .asString()
        .startsWith("original x");
  }

  @Test
  void whatIsNoClassFileIsTold() throws Exception {
    byte[] file = file("Caller");

    for (int length = 0; length < 60; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> ClassConstants.of(cut)).isInstanceOf(IOException.class);
    }
    file[10] = 99;
    assertThatThrownBy(() -> ClassConstants.of(file)).hasMessageContaining("unknown constant 99");
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in =
        ClassConstantsTest.class.getResourceAsStream("ClassConstantsTest$" + name + ".class")) {
      return in.readAllBytes();
    }
  }

  private static Object called(byte[] caller, String method) throws Exception {
    String name = (HERE + "Caller").replace('/', '.');
    return new Loader(Map.of(name, caller)).loadClass(name).getMethod(method).invoke(null);
  }

  /** Takes some classes from their changed files, and all others from the test's. */
  private static final class Loader extends ClassLoader {

    private final Map<String, byte[]> files;

    Loader(Map<String, byte[]> files) {
      super(ClassConstantsTest.class.getClassLoader());
      this.files = files;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] file = files.get(name);
      if (file == null) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, file, 0, file.length) : loaded;
    }
  }
}
