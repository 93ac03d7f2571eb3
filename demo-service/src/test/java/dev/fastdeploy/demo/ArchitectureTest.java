package dev.fastdeploy.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.fastdeploy.demo",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theServiceUsesTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("dev.fastdeploy.demo.service")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.fastdeploy.demo.service", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule processesAreStartedInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fastdeploy.demo.process")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class);

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.fastdeploy.demo.(*)..").should().beFreeOfCycles();
}
