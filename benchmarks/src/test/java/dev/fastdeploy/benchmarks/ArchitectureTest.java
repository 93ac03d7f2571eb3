package dev.fastdeploy.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

@AnalyzeClasses(
    packages = "dev.fastdeploy.benchmarks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String REPORT = "dev.fastdeploy.benchmarks.report";

  @ArchTest
  static final ArchRule theReportKnowsNothingOfWhatIsMeasured =
      classes()
          .that()
          .resideInAPackage(REPORT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              REPORT,
              "java..",
              "com.sun.management",
              "com.fasterxml.jackson.jr..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule oneClassKnowsTheChartLibrary =
      noClasses()
          .that(DescribedPredicate.not(named(REPORT + ".ChartLibrary")))
          .should(nameTheResource("META-INF/resources/webjars"));

  @ArchTest
  static final ArchRule theChartLibraryIsFoundWhereItIsNamed =
      classes().that(named(REPORT + ".ChartLibrary")).should(nameTheResource("webjars"));

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.fastdeploy.benchmarks.(*)..").should().beFreeOfCycles();

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe("are " + name, one -> one.getName().equals(name));
  }

  /** A constant string of a class stands in its file as it is. */
  private static ArchCondition<JavaClass> nameTheResource(String part) {
    return new ArchCondition<>("name the resource '" + part + "'") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        boolean named = content(one).contains(part);
        String message = one.getName() + (named ? " names" : " does not name") + " '" + part + "'";
        events.add(new SimpleConditionEvent(one, named, message));
      }
    };
  }

  private static String content(JavaClass one) {
    try (InputStream file = one.getSource().orElseThrow().getUri().toURL().openStream()) {
      return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError("cannot read the class file of " + one.getName(), e);
    }
  }
}
