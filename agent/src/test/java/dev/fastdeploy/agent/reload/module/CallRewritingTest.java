package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.agent.testing.TestJar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallRewritingTest {

  private final List<String> told = new ArrayList<>();

  /** Calls everything that is rewritten. */
  public static final class Caller {

    private Caller() {}

    public static void exit() {
      System.exit(1);
    }

    public static void runtimeExit() {
      Runtime.getRuntime().exit(2);
    }

    public static void halt() {
      Runtime.getRuntime().halt(3);
    }

    public static void hook() {
      Runtime.getRuntime().addShutdownHook(new Thread("h"));
    }

    public static boolean remove() {
      return Runtime.getRuntime().removeShutdownHook(new Thread("h"));
    }

    public static void exitByReference() {
      IntConsumer exit = System::exit;
      exit.accept(4);
    }

    public static void haltByReference() {
      IntConsumer halt = Runtime.getRuntime()::halt;
      halt.accept(5);
    }

    public static void exitInLambda() {
      Runnable exit = () -> System.exit(6);
      exit.run();
    }
  }

  /** Calls in an interface, whose methods are others to the JVM. */
  public interface CallingInterface {
    static void exitByReference() {
      IntConsumer exit = System::exit;
      exit.accept(7);
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    Class<?> calls = Class.forName(CallsClass.NAME);
    var connect = calls.getDeclaredMethod("connect", BiFunction.class);
    connect.setAccessible(true);
    BiFunction<String, Object[], Object> receiver =
        (call, arguments) -> {
          told.add(call + Arrays.toString(arguments));
          return true;
        };
    connect.invoke(null, receiver);
  }

  @Test
  void leadsTheEndOfTheJvmElsewhereAndEndsTheCaller() throws Exception {
    Class<?> caller = rewritten(Caller.class);
    for (String method :
        List.of(
            "exit", "runtimeExit", "halt", "exitByReference", "haltByReference", "exitInLambda")) {
      assertThatThrownBy(() -> caller.getMethod(method).invoke(null))
          .cause()
          .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("ReplacedCodeError"));
    }
    String type = ", " + caller + "]";
    assertThat(told)
        .containsExactly(
            "exit[1" + type,
            "exit[2" + type,
            "halt[3" + type,
            "exit[4" + type,
            "halt[5" + type,
            "exit[6" + type);
  }

  @Test
  void leadsHooksElsewhere() throws Exception {
    Class<?> caller = rewritten(Caller.class);
    caller.getMethod("hook").invoke(null);
    assertThat(caller.getMethod("remove").invoke(null)).isEqualTo(true);
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith("addShutdownHook[Thread[").endsWith(", " + caller + "]");
    assertThat(told.get(1)).startsWith("removeShutdownHook[Thread[").endsWith(", " + caller + "]");
  }

  @Test
  void knowsTheMethodsOfInterfaces() throws Exception {
    Class<?> caller = rewritten(CallingInterface.class);
    assertThatThrownBy(() -> caller.getMethod("exitByReference").invoke(null)).isNotNull();
    assertThat(told).containsExactly("exit[7, " + caller + "]");
  }

  @Test
  void rewritesClassesThatAreTooOldForClassConstants() throws Exception {
    Class<?> caller = define("Old", Objects.requireNonNull(CallRewriting.rewritten(oldClass())));
    assertThatThrownBy(() -> caller.getMethod("exit").invoke(null)).isNotNull();
    assertThat(told).containsExactly("exit[8, " + caller + "]");
  }

  @Test
  void leavesOtherClassesAsTheyAre() {
    assertThat(CallRewriting.rewritten(TestJar.bytesOf(TestJar.class))).isNull();
    assertThat(CallRewriting.rewritten(TestJar.bytesOf(RewritingClass.class))).isNull();
  }

  @Test
  void changesNothingElse() {
    byte[] bytes = Objects.requireNonNull(CallRewriting.rewritten(TestJar.bytesOf(Caller.class)));
    ClassReader reader = new ClassReader(bytes);
    ClassReader original = new ClassReader(TestJar.bytesOf(Caller.class));
    assertThat(reader.getClassName()).isEqualTo(original.getClassName());
    assertThat(reader.getAccess()).isEqualTo(original.getAccess());
    assertThat(CalledMethods.of(original)).isTrue();
  }

  private static Class<?> rewritten(Class<?> type) throws Exception {
    byte[] bytes = Objects.requireNonNull(CallRewriting.rewritten(TestJar.bytesOf(type)));
    return define(type.getName(), bytes);
  }

  private static Class<?> define(String name, byte[] bytes) throws Exception {
    ClassLoader loader =
        new ClassLoader(CallRewritingTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String wanted, boolean resolve)
              throws ClassNotFoundException {
            return wanted.equals(name) ? findOrDefine() : super.loadClass(wanted, resolve);
          }

          private Class<?> findOrDefine() {
            Class<?> found = findLoadedClass(name);
            return found == null ? defineClass(name, bytes, 0, bytes.length) : found;
          }
        };
    return Class.forName(name, true, loader);
  }

  private static byte[] oldClass() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V1_4, Opcodes.ACC_PUBLIC, "Old", null, "java/lang/Object", null);
    MethodVisitor exit =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "exit", "()V", null, null);
    exit.visitCode();
    exit.visitIntInsn(Opcodes.BIPUSH, 8);
    exit.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "exit", "(I)V", false);
    exit.visitInsn(Opcodes.RETURN);
    exit.visitMaxs(0, 0);
    exit.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
