package dev.fastdeploy.agent.reload.redefine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Which change of a source is one of plain method bodies. */
class ClassComparisonTest {

  private static final String A =
      "import java.lang.annotation.*; @Retention(RetentionPolicy.%s)"
          + " @Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER,"
          + " ElementType.TYPE_USE}) @interface A { int value() default 1; } ";
  private static final String ANNOTATION = A.formatted("RUNTIME");
  private static final String OTHER_ANNOTATION = A.formatted("CLASS");

  private static final List<Change> REFUSED = new ArrayList<>();
  private static final List<Change> TAKEN = new ArrayList<>();

  @TempDir private static Path root;

  private record Change(String name, String old, String newer, String expected) {

    /** In the sources and in what is expected, {@code P} stands for the package. */
    String expectedIn(String packageName) {
      return expected.replace("P.", packageName + ".").replace("/P/", "/" + packageName + "/");
    }
  }

  private static void refuse(String name, String old, String newer, String difference) {
    REFUSED.add(new Change(name, old, newer, difference));
  }

  private static void take(String name, String old, String newer, String methods) {
    TAKEN.add(new Change(name, old, newer, methods));
  }

  static {
    refuse(
        "added class",
        "class C {}",
        "class C {} class D {}",
        "class file 'classes/P/D.class' was added");
    refuse(
        "removed class",
        "class C {} class D {}",
        "class C {}",
        "class file 'classes/P/D.class' was removed");
    refuse(
        "added nested class",
        "class C {}",
        "class C { static class N {} }",
        "class file 'classes/P/C$N.class' was added");
    refuse(
        "added method",
        "class C {}",
        "class C { int size(String[] of, long by) { return 1; } }",
        "class P.C: method 'int size(java.lang.String[], long)' was added");
    refuse(
        "removed method",
        "class C { static void go() {} }",
        "class C {}",
        "class P.C: method 'void go()' was removed");
    refuse(
        "changed types of a method",
        "class C { int size() { return 1; } }",
        "class C { long size() { return 1; } }",
        "class P.C: method 'int size()' was removed");
    refuse(
        "added constructor",
        "class C { C() {} }",
        "class C { C() {} C(int i) {} }",
        "class P.C: method 'constructor(int)' was added");
    refuse(
        "added field",
        "class C {}",
        "class C { int count; }",
        "class P.C: field 'int count' was added");
    refuse(
        "removed field",
        "class C { int count; }",
        "class C {}",
        "class P.C: field 'int count' was removed");
    refuse(
        "fields in another order",
        "class C { int a; int b; }",
        "class C { int b; int a; }",
        "class P.C: field number 1 changed from a:I to b:I: they have another order");
    refuse(
        "methods in another order",
        "class C { void a() {} void b() {} }",
        "class C { void b() {} void a() {} }",
        "class P.C: method number 2 changed from a()V to b()V: they have another order");
    refuse(
        "changed modifiers of a class",
        "class C {}",
        "final class C {}",
        "class P.C: modifiers changed from none to final");
    refuse(
        "changed modifiers of a method",
        "class C { void go() {} }",
        "class C { synchronized void go() {} }",
        "class P.C: method 'void go()': modifiers changed from none to synchronized");
    refuse(
        "changed modifiers of a field",
        "class C { private int count; }",
        "class C { volatile int count; }",
        "class P.C: field 'int count': modifiers changed from private to volatile");
    refuse(
        "variable arguments",
        "class C { void go(String[] a) {} }",
        "class C { void go(String... a) {} }",
        "class P.C: method 'void go(java.lang.String[])': modifiers changed from none to"
            + " varargs");
    refuse(
        "changed constant",
        "class C { static final int LIMIT = 1; }",
        "class C { static final int LIMIT = 2; }",
        "class P.C: field 'int LIMIT': constant value changed from 1 to 2");
    refuse(
        "changed constant text",
        "class C { static final String NAME = \"a\\n\"; }",
        "class C { static final String NAME = \"b\"; }",
        "class P.C: field 'java.lang.String NAME': constant value changed from \"a?\" to"
            + " \"b\"");
    refuse(
        "another superclass",
        "class C extends Thread {}",
        "class C extends Number { public int intValue() { return 1; } public long longValue() {"
            + " return 1; } public float floatValue() { return 1; } public double doubleValue() {"
            + " return 1; } }",
        "class P.C: superclass changed from java.lang.Thread to java.lang.Number");
    refuse(
        "another interface",
        "class C {}",
        "class C implements Cloneable, java.io.Serializable {}",
        "class P.C: interfaces changed from none to java.lang.Cloneable,"
            + " java.io.Serializable");
    refuse(
        "generic signature of a class",
        "class C<T> {}",
        "class C<T extends Number> {}",
        "class P.C: generic signature changed from"
            + " <T:Ljava/lang/Object;>Ljava/lang/Object; to"
            + " <T:Ljava/lang/Number;>Ljava/lang/Object;");
    refuse(
        "generic signature of a method",
        "import java.util.*; class C { void go(List<String> a) {} }",
        "import java.util.*; class C { void go(List<Long> a) {} }",
        "class P.C: method 'void go(java.util.List)': generic signature changed"
            + " from (Ljava/util/List<Ljava/lang/String;>;)V to"
            + " (Ljava/util/List<Ljava/lang/Long;>;)V");
    refuse(
        "generic signature of a field",
        "import java.util.*; class C { List<String> a; }",
        "import java.util.*; class C { List<Long> a; }",
        "class P.C: field 'java.util.List a': generic signature changed from"
            + " Ljava/util/List<Ljava/lang/String;>; to Ljava/util/List<Ljava/lang/Long;>;");
    refuse(
        "declared exceptions",
        "class C { void go() {} }",
        "class C { void go() throws java.io.IOException {} }",
        "class P.C: method 'void go()': declared exceptions changed from none to"
            + " java.io.IOException");
    refuse(
        "parameter names",
        "class C { void go(int a) {} }",
        "class C { void go(int b) {} }",
        "class P.C: method 'void go(int)': name of parameter 1 changed from a 0 to b 0");
    refuse(
        "annotation of a class",
        ANNOTATION + "class C {}",
        ANNOTATION + "@A class C {}",
        "class P.C: annotation @P.A was added");
    refuse(
        "annotation that no program sees",
        OTHER_ANNOTATION + "@A class C {}",
        OTHER_ANNOTATION + "@A(2) class C {}",
        "class P.C: annotation @P.A changed from () to (value=2)");
    refuse(
        "annotation of a field",
        ANNOTATION + "class C { @A(3) int a; }",
        ANNOTATION + "class C { int a; }",
        "class P.C: field 'int a': annotation @P.A was removed");
    refuse(
        "annotation of a method",
        "class C { void go() {} }",
        "class C { @Deprecated(since = \"2\") void go() {} }",
        "class P.C: method 'void go()': modifiers changed from none to deprecated");
    refuse(
        "values of an annotation",
        "class C { @SafeVarargs @Deprecated(since = \"1\") static <T> void go(T... a) {} }",
        "class C { @SafeVarargs @Deprecated(since = \"2\") static <T> void go(T... a) {} }",
        "class P.C: method 'void go(java.lang.Object[])': annotation @java.lang.Deprecated"
            + " changed from (since=\"1\") to (since=\"2\")");
    refuse(
        "annotation of a parameter",
        ANNOTATION + "class C { void go(int a, @A String b) {} }",
        ANNOTATION + "class C { void go(int a, String b) {} }",
        "class P.C: method 'void go(int, java.lang.String)': type annotation @P.A at 16010000 was"
            + " removed");
    refuse(
        "annotation of a used type",
        ANNOTATION + "class C { java.util.List<String> a; }",
        ANNOTATION + "class C { java.util.List<@A String> a; }",
        "class P.C: field 'java.util.List a': type annotation @P.A at 13000000:0; was added");
    refuse(
        "default of an annotation",
        "@interface C { int[] value() default {1, 2}; }",
        "@interface C { int[] value() default {1, 3}; }",
        "class P.C: method 'int[] value()': default value changed from {1, 2} to {1, 3}");
    refuse(
        "nested annotation and enum in an annotation",
        "import java.lang.annotation.*; @Target({ElementType.TYPE}) @interface C {}",
        "import java.lang.annotation.*; @Target({ElementType.FIELD}) @interface C {}",
        "class P.C: annotation @java.lang.annotation.Target changed from"
            + " (value={java.lang.annotation.ElementType.TYPE}) to"
            + " (value={java.lang.annotation.ElementType.FIELD})");
    refuse(
        "static initialiser",
        "class C { static final java.util.List<String> L = java.util.List.of(\"a\"); }",
        "class C { static final java.util.List<String> L = java.util.List.of(\"b\"); }",
        "class P.C: the static initialiser changed, and it would not run again");
    refuse(
        "added static initialiser",
        "class C {}",
        "class C { static { System.gc(); } }",
        "class P.C: the static initialiser was added");
    refuse(
        "added constant of an enum",
        "enum C { A }",
        "enum C { A, B }",
        "class P.C: field 'P.C B' was added");
    refuse(
        "case of a switch over an enum",
        "enum E { A, B } class C { int go(E e) { switch (e) { case A: return 1; default: return 2;"
            + " } } }",
        "enum E { A, B } class C { int go(E e) { switch (e) { case B: return 1; default: return 2;"
            + " } } }",
        "class P.C$1: the static initialiser changed, and it would not run again");
    refuse(
        "component of a record",
        "record C(int a) {}",
        "record C(int a, int b) {}",
        "class P.C: record component 'int b' was added");
    refuse(
        "annotation of a record's component",
        "import java.lang.annotation.*; @Target(ElementType.RECORD_COMPONENT) @interface R {}"
            + " record C(int a) {}",
        "import java.lang.annotation.*; @Target(ElementType.RECORD_COMPONENT) @interface R {}"
            + " record C(@R int a) {}",
        "class P.C: record component 'int a': annotation @P.R was added");
    refuse(
        "permitted subclasses",
        "sealed interface C permits D, E {} non-sealed class D implements C {} non-sealed class E"
            + " implements C {}",
        "sealed interface C permits D {} non-sealed class D implements C {} class E {}",
        "class P.C: permitted subclass P.E was removed");
    refuse(
        "modifiers of a nested class",
        "class C { static class N {} }",
        "class C { private static class N {} }",
        "class P.C$N: inner class P.C$N changed from static P.C N to private static P.C N");
    refuse(
        "lambdas that change places",
        "class C { Runnable a() { return () -> System.gc(); } Runnable b() { return () ->"
            + " System.exit(1); } }",
        "class C { Runnable a() { return () -> System.exit(1); } Runnable b() { return () ->"
            + " System.gc(); } }",
        "class P.C: the synthetic method 'void lambda$b$1()' changed: the body of a lambda, which"
            + " objects made before would run by its number");
    refuse(
        "lambdas that change places in one method",
        "class C { Runnable[] a() { return new Runnable[] {() -> System.gc(), () ->"
            + " System.exit(1)}; } }",
        "class C { Runnable[] a() { return new Runnable[] {() -> System.exit(1), () ->"
            + " System.gc()}; } }",
        "class P.C: the synthetic method 'void lambda$a$1()' changed: the body of a lambda, which"
            + " objects made before would run by its number");
    refuse(
        "added lambda",
        "class C { Runnable a() { return null; } }",
        "class C { Runnable a() { return () -> {}; } }",
        "class P.C: method 'void lambda$a$0()' was added");
    refuse(
        "method references that change places",
        "class C { void a(Runnable r) { a(System::gc); a(System::lineSeparator); } }",
        "class C { void a(Runnable r) { a(System::lineSeparator); a(System::gc); } }",
        "class P.C: method 'void a(java.lang.Runnable)': invokedynamic number 1 (lambda, method"
            + " reference, string concatenation) changed from run(()V, java/lang/System.gc()V (6),"
            + " ()V) to run(()V, java/lang/System.lineSeparator()Ljava/lang/String; (6), ()V)");
    refuse(
        "text of a string concatenation",
        "class C { String a(int i) { return \"a\" + i; } }",
        "class C { String a(int i) { return \"b\" + i; } }",
        "class P.C: method 'java.lang.String a(int)': invokedynamic number 1 (lambda, method"
            + " reference, string concatenation) changed from makeConcatWithConstants(\"a?\") to"
            + " makeConcatWithConstants(\"b?\")");
    refuse(
        "type in a string concatenation",
        "class C { String a(int i) { return \"a\" + i; } }",
        "class C { String a(int i) { return \"a\" + (long) i; } }",
        "class P.C: method 'java.lang.String a(int)': invokedynamic number 1 (lambda, method"
            + " reference, string concatenation) changed from (I)Ljava/lang/String; by"
            + " java/lang/invoke/StringConcatFactory.makeConcatWithConstants(Ljava/lang/inv…"
            + " to (J)Ljava/lang/String; by"
            + " java/lang/invoke/StringConcatFactory.makeConcatWithConstants(Ljava/lang/inv…");
    refuse(
        "added string concatenation",
        "class C { String a(int i) { return \"a\"; } }",
        "class C { String a(int i) { return \"a\" + i; } }",
        "class P.C: method 'java.lang.String a(int)': invokedynamic number 1 (lambda, method"
            + " reference, string concatenation) changed from none to"
            + " makeConcatWithConstants(\"a?\")");
    refuse(
        "body of an anonymous class",
        "class C { Object a() { return new Object() { public String toString() { return \"a\"; } };"
            + " } }",
        "class C { Object a() { return new Object() { public String toString() { return \"b\"; } };"
            + " } }",
        "class P.C$1: method 'java.lang.String toString()' changed, and the class is anonymous or"
            + " local: objects made before would run by its number");
    refuse(
        "body of a local class",
        "class C { Object a() { class L { int go() { return 1; } } return new L(); } }",
        "class C { Object a() { class L { int go() { return 2; } } return new L(); } }",
        "class P.C$1L: method 'int go()' changed, and the class is anonymous or local: objects made"
            + " before would run by its number");
    refuse(
        "body of an enum's constant",
        "enum C { A { int go() { return 1; } }; int go() { return 0; } }",
        "enum C { A { int go() { return 2; } }; int go() { return 0; } }",
        "class P.C$1: method 'int go()' changed, and the class is anonymous or local: objects made"
            + " before would run by its number");
    refuse(
        "added assertion",
        "class C { void a(int i) {} }",
        "class C { void a(int i) { assert i > 0; } }",
        "class P.C: field 'boolean $assertionsDisabled' was added");

    take(
        "constants, loops and branches",
        "class C { int a(int i) { return i; } static String b() { return \"b\"; } }",
        "class C { int a(int i) { int s = 0; for (int k = 0; k < i; k++) { if (k % 2 == 0) { s +="
            + " k; } } return s; } static String b() { return \"B\"; } }",
        "[int a(int), java.lang.String b()]");
    take(
        "calls to what was not called before",
        "class C { long a() { return 1; } }",
        "class C { long a() { return java.time.Instant.EPOCH.plusMillis(2).toEpochMilli(); } }",
        "[long a()]");
    take(
        "another use of a nested class of somebody else",
        "import java.util.*; class C { Object a() { return null; } }",
        "import java.util.*; class C { Object a() { return new AbstractMap.SimpleEntry<>(1, 2); } }",
        "[java.lang.Object a()]");
    take(
        "constructor and initial value of a field",
        "class C { int a = 1; C(int b) {} }",
        "class C { int a = 2; C(int b) { a += b; } }",
        "[constructor(int)]");
    take(
        "catch and try with resources",
        "class C { int a() { return 1; } }",
        "class C { int a() { try (java.io.StringReader r = new java.io.StringReader(\"\")) { return"
            + " r.read(); } catch (java.io.IOException e) { throw new IllegalStateException(e); }"
            + " } }",
        "[int a()]");
    take(
        "around a lambda and a concatenation that stay",
        "class C { String a(int i) { Runnable r = () -> System.gc(); r.run(); return \"a\" + i; } }",
        "class C { String a(int i) { Runnable r = () -> System.gc(); r.run(); r.run(); return \"a\""
            + " + i; } }",
        "[java.lang.String a(int)]");
    take(
        "switch over texts and numbers",
        "class C { int a(String s, int i) { return 1; } }",
        "class C { int a(String s, int i) { switch (i) { case 1: return 2; case 1000: return 3; }"
            + " switch (s) { case \"a\": return 1; case \"b\": return 2; default: return 3; } } }",
        "[int a(java.lang.String, int)]");
    take(
        "switch over an enum whose cases stay",
        "enum E { A, B } class C { int go(E e) { switch (e) { case A: return 1; default: return 2;"
            + " } } }",
        "enum E { A, B } class C { int go(E e) { switch (e) { case A: return 7; default: return 8;"
            + " } } }",
        "[int go(P.E)]");
    take(
        "records, sealed and nested classes",
        "sealed interface S permits C, D {} record C(int a) implements S { C { System.gc(); } int"
            + " b() { return a; } } final class D implements S { static class N<T> { int n() {"
            + " return 1; } } class I { int i() { return 1; } } private int p() { return 1; } int"
            + " q(D d) { return d.p(); } }",
        "sealed interface S permits C, D {} record C(int a) implements S { C { System.exit(a); }"
            + " int b() { return a + 1; } } final class D implements S { static class N<T> { int"
            + " n() { return 2; } } class I { int i() { return 2; } } private int p() { return 2; }"
            + " int q(D d) { return d.p() + 1; } }",
        "[constructor(int), int b(), int i(), int n(), int p(), int q(P.D)]");
    take(
        "default and static methods of an interface",
        "interface C { default int a() { return 1; } static int b() { return 1; } }",
        "interface C { default int a() { return 2; } static int b() { return 2; } }",
        "[int a(), int b()]");
    take(
        "generic override with its bridge",
        "class C implements Comparable<C> { public int compareTo(C o) { return 1; } }",
        "class C implements Comparable<C> { public int compareTo(C o) { return 2; } }",
        "[int compareTo(P.C)]");
    take(
        "lines and names of variables, everywhere",
        "class C { static final Object O = new Object(); int a(int i) { int x = i; Runnable r = ()"
            + " -> System.gc(); Object o = new Object() { public int hashCode() { return 1; } };"
            + " return x; } }",
        "class C {\n\n static final Object O = new Object();\n int a(int i) { int y = i;\n Runnable"
            + " q = () ->\n System.gc();\n Object p = new Object() {\n public int hashCode() {"
            + " return 1; } };\n return y; } }",
        "[]");
    take(
        "type annotation of a variable in a body",
        ANNOTATION + "class C { int a() { int x = 1; return x; } }",
        ANNOTATION + "class C { int a() { @A int x = 2; return x; } }",
        "[int a()]");
    take("nothing", "class C { int a() { return 1; } }", "class C { int a() { return 1; } }", "[]");
  }

  @TestFactory
  Stream<DynamicTest> refused() throws IOException {
    List<Path> cases = compile(REFUSED, "refused");
    return IntStream.range(0, cases.size()).mapToObj(i -> refused(i, cases.get(i)));
  }

  private static DynamicTest refused(int number, Path both) {
    Change change = REFUSED.get(number);
    String difference = change.expectedIn("p" + number);
    String expected = difference.startsWith("class file") ? difference : "classes: " + difference;
    return dynamicTest(
        change.name(),
        () ->
            assertThatThrownBy(() -> compare(both))
                .isInstanceOf(DifferenceException.class)
                .hasMessage(expected));
  }

  @TestFactory
  Stream<DynamicTest> taken() throws IOException {
    List<Path> cases = compile(TAKEN, "taken");
    return IntStream.range(0, cases.size()).mapToObj(i -> taken(i, cases.get(i)));
  }

  private static DynamicTest taken(int number, Path both) {
    Change change = TAKEN.get(number);
    return dynamicTest(
        change.name(),
        () ->
            assertThat(
                    compare(both).stream()
                        .flatMap(changed -> changed.methods().stream())
                        .map(ChangedMethod::text)
                        .toList())
                .hasToString(change.expectedIn("p" + number)));
  }

  @Test
  void newLinesAloneStillAreAChangeOfTheFile() throws Exception {
    Path both = root.resolve("lines");
    Compiled.into(both.resolve("old/classes"), Map.of("C.java", "class C { void a() {} }"));
    Compiled.into(both.resolve("new/classes"), Map.of("C.java", "class C {\n void a() {} }"));

    assertThat(compare(both))
        .containsExactly(new ChangedClass(new ClassFile("classes/C.class"), "C", List.of()));
  }

  @Test
  void anotherClassFileVersionIsRefused() throws Exception {
    Path both = root.resolve("version");
    Map<String, String> source = Map.of("C.java", "class C {}");
    Compiled.into(both.resolve("old/classes"), source, List.of("--release", "11"));
    Compiled.into(both.resolve("new/classes"), source);

    assertThatThrownBy(() -> compare(both))
        .hasMessage("classes: class C: class file version changed from 55.0 to 61.0");
  }

  @Test
  void whatIsNoClassFileIsRefused() throws Exception {
    Path both = root.resolve("broken");
    Compiled.into(both.resolve("old/classes"), Map.of("C.java", "class C {}"));
    Files.createDirectories(both.resolve("new/classes"));
    Files.writeString(both.resolve("new/classes/C.class"), "no class");

    assertThatThrownBy(() -> compare(both))
        .hasMessageStartingWith("classes: class C: it cannot be read as a class file: ");
  }

  @Test
  void classFileThatDoesNotLieWhereItsNameSaysIsRefused() throws Exception {
    Path both = root.resolve("place");
    Compiled.into(both.resolve("old"), Map.of("C.java", "package a; class C { void a() {} }"));
    Compiled.into(
        both.resolve("new"), Map.of("C.java", "package a; class C { int b; void a() {} }"));
    for (String side : List.of("old", "new")) {
      Files.move(both.resolve(side + "/a"), both.resolve(side + "/b"));
    }

    assertThatThrownBy(() -> compare(both))
        .hasMessage("class file 'b/C.class' changed, and does not lie where its name a.C says");
  }

  private static List<ChangedClass> compare(Path both) throws Exception {
    return ReleaseComparison.compare(both.resolve("old"), both.resolve("new"));
  }

  /** All in two runs of the compiler, each case in a package of its own. */
  private static List<Path> compile(List<Change> changes, String name) throws IOException {
    Path base = root.resolve(name);
    Map<String, String> old = new HashMap<>();
    Map<String, String> newer = new HashMap<>();
    int count = 0;
    for (Change change : changes) {
      String unit = "p" + count + "/C.java";
      old.put(unit, "package p" + count + "; " + change.old());
      newer.put(unit, "package p" + count + "; " + change.newer());
      count++;
    }
    List<String> options = List.of("-g", "-parameters", "--release", "17");
    Compiled.into(base.resolve("old"), old, options);
    Compiled.into(base.resolve("new"), newer, options);
    for (int i = 0; i < count; i++) {
      for (String side : List.of("old", "new")) {
        Path classes = base.resolve(i + "/" + side + "/classes");
        Files.createDirectories(classes);
        Files.move(base.resolve(side).resolve("p" + i), classes.resolve("p" + i));
      }
    }
    return IntStream.range(0, count).mapToObj(i -> base.resolve("" + i)).toList();
  }
}
