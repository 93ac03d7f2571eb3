package dev.fastdeploy.agent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.testing.RuntimeClassPath;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shim has every member of java.util.logging that a library of the payload refers to. */
class ShimTest {

  private static final String LOGGING = "java/util/logging/";
  private static final String SHIM = "dev/fastdeploy/agent/logging/";

  /**
   * JBoss Modules as a program of its own and as a System.LoggerFinder, which the JDK looks for
   * with the system loader only. Inside another program it logs nowhere unless told to.
   */
  private static final Pattern NEVER_LOADED =
      Pattern.compile(
          "org/jboss/modules/(Main|ModuleLoggerFinder.*|log/JDKModuleLogger|log/ModuleLogRecord)\\.class");

  @Test
  void hasWhatTheLibrariesReferTo() throws Exception {
    References references = new References();
    for (Path jar : RuntimeClassPath.jars()) {
      references.read(jar);
    }
    Map<String, ShimClass> shim = new HashMap<>();
    Set<String> missing = new TreeSet<>();
    for (String reference : references.members()) {
      if (!isThere(reference, shim)) {
        missing.add(reference.replace(SHIM, LOGGING));
      }
    }
    assertThat(references.members())
        .as("what is known to be used")
        .contains(
            SHIM + "Logger.getLogger(Ljava/lang/String;)L" + SHIM + "Logger;",
            SHIM + "Logger.addHandler(L" + SHIM + "Handler;)V",
            SHIM + "Level.WARNING");
    assertThat(missing).isEmpty();
  }

  @Test
  void saysWarningsAndWorse() {
    assertThat(Logger.getLogger("a").isLoggable(Level.SEVERE)).isTrue();
    assertThat(Logger.getLogger("a").isLoggable(Level.WARNING)).isTrue();
    assertThat(Logger.getLogger("a").isLoggable(Level.INFO)).isFalse();
    assertThat(Logger.getLogger("a").isLoggable(Level.FINEST)).isFalse();
    assertThat(Logger.getLogger("a")).isSameAs(Logger.getLogger("a"));
  }

  @Test
  void saysOneLineWithoutAStackTrace() {
    LogRecord record = new LogRecord(Level.WARNING, "{0} failed\nfor {1}");
    record.setLoggerName("io.grpc.internal.ServerImpl");
    record.setParameters(new Object[] {"a call", 7});
    record.setThrown(new IOException("broken pipe"));

    assertThat(record.line())
        .isEqualTo("ServerImpl: a call failed for 7 (java.io.IOException: broken pipe)");
  }

  @Test
  void leavesOutAStackThatAMessageHolds() {
    LogRecord record = new LogRecord(Level.WARNING, "[{0}] failed. status={1}");
    Status status =
        Status.UNAVAILABLE.withCause(new IOException("unknown name", new IOException("deep")));
    record.setParameters(new Object[] {"Channel<1>", status});

    assertThat(record.line())
        .startsWith("[Channel<1>] failed. status=Status{code=UNAVAILABLE")
        .endsWith("cause=java.io.IOException: unknown name");
  }

  @Test
  void keepsAMessageThatIsNoPattern() {
    LogRecord record = new LogRecord(Level.WARNING, "{not a pattern");
    record.setParameters(new Object[] {"x"});

    assertThat(record.line()).isEqualTo("{not a pattern");
  }

  private static boolean isThere(String reference, Map<String, ShimClass> shim) throws IOException {
    int dot = reference.indexOf('.');
    String owner = dot < 0 ? reference : reference.substring(0, dot);
    String member = dot < 0 ? "" : reference.substring(dot + 1);
    for (String name = owner; name != null && name.startsWith(SHIM); ) {
      ShimClass found = shim.get(name);
      if (found == null) {
        found = ShimClass.read(name);
        shim.put(name, found);
      }
      if (found.missing()) {
        return false;
      }
      if (member.isEmpty() || found.members().contains(member)) {
        return true;
      }
      name = found.parent();
    }
    return !member.isEmpty() && isOfObject(member);
  }

  private static boolean isOfObject(String member) {
    return member.startsWith("getClass(") || member.startsWith("hashCode(");
  }

  /** A class of the shim: methods with descriptors, fields by name. */
  private record ShimClass(Set<String> members, @Nullable String parent, boolean missing) {

    static ShimClass read(String name) throws IOException {
      try (InputStream in = ShimTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
        if (in == null) {
          return new ShimClass(Set.of(), null, true);
        }
        Set<String> members = new TreeSet<>();
        ClassReader reader = new ClassReader(in);
        reader.accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable FieldVisitor visitField(
                  int access, String field, String type, String signature, Object value) {
                members.add(field);
                return null;
              }

              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access, String method, String type, String signature, String[] thrown) {
                if ((access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
                    || method.equals("<init>")) {
                  members.add(method + type);
                }
                return null;
              }
            },
            0);
        return new ShimClass(members, reader.getSuperName(), false);
      }
    }
  }

  /** What jars refer to, after their references were led to the shim. */
  private static final class References {

    private final Set<String> members = new TreeSet<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, Set<String>> declared = new HashMap<>();
    private final List<String[]> calls = new ArrayList<>();

    void read(Path jar) throws IOException {
      try (InputStream in = Files.newInputStream(jar);
          ZipInputStream zip = new ZipInputStream(in)) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          String name = entry.getName();
          if (name.endsWith(".class") && !NEVER_LOADED.matcher(name).matches()) {
            new ClassReader(zip.readAllBytes()).accept(new Reader(), ClassReader.SKIP_DEBUG);
          }
        }
      }
    }

    /** Also those that are reached through a library's own subclass of a logger. */
    Set<String> members() {
      for (String[] call : calls) {
        String owner = call[0];
        while (!owner.startsWith(LOGGING)
            && parents.containsKey(owner)
            && !declared.getOrDefault(owner, Set.of()).contains(call[1])) {
          owner = parents.get(owner);
        }
        if (owner.startsWith(LOGGING)) {
          add(owner + "." + call[1]);
        }
      }
      return members;
    }

    private void add(String reference) {
      members.add(reference.replace(LOGGING, SHIM));
    }

    private void types(@Nullable String text) {
      if (text == null) {
        return;
      }
      for (int at = text.indexOf(LOGGING); at >= 0; at = text.indexOf(LOGGING, at + 1)) {
        int end = at + LOGGING.length();
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
          end++;
        }
        add(text.substring(at, end));
      }
    }

    private final class Reader extends ClassVisitor {

      private String name = "";

      Reader() {
        super(Opcodes.ASM9);
      }

      @Override
      public void visit(
          int version,
          int access,
          String visited,
          String signature,
          String parent,
          String[] interfaces) {
        name = visited;
        types(parent);
        if (parent != null && !parent.equals("java/lang/Object")) {
          parents.put(visited, parent);
        }
      }

      @Override
      public @Nullable FieldVisitor visitField(
          int access, String field, String type, String signature, Object value) {
        types(type);
        return null;
      }

      @Override
      public MethodVisitor visitMethod(
          int access, String method, String type, String signature, String[] thrown) {
        types(type);
        declared.computeIfAbsent(name, key -> new TreeSet<>()).add(method + type);
        return new MethodVisitor(Opcodes.ASM9) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String called, String calledType, boolean isInterface) {
            types(calledType);
            calls.add(new String[] {owner, called + calledType});
          }

          @Override
          public void visitFieldInsn(int opcode, String owner, String field, String fieldType) {
            types(fieldType);
            if (owner.startsWith(LOGGING)) {
              add(owner + "." + field);
            }
          }

          @Override
          public void visitTypeInsn(int opcode, String used) {
            types(used);
          }

          @Override
          public void visitInvokeDynamicInsn(
              String called, String calledType, Handle bootstrap, Object... arguments) {
            types(calledType);
            for (Object argument : arguments) {
              if (argument instanceof Handle handle) {
                types(handle.getDesc());
                calls.add(new String[] {handle.getOwner(), handle.getName() + handle.getDesc()});
              }
            }
          }
        };
      }
    }
  }
}
