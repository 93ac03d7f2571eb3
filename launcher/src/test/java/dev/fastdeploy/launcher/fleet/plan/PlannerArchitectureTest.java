package dev.fastdeploy.launcher.fleet.plan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(
    packages = "dev.fastdeploy.launcher.fleet.plan",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PlannerArchitectureTest {

  @ArchTest
  static final ArchRule thePlannerUsesTheJdkAndTheContractOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.fastdeploy.launcher.fleet.plan",
              "dev.fastdeploy.contract",
              "java.lang..",
              "java.math",
              "java.time",
              "java.util",
              "java.util.function",
              "java.util.regex",
              "java.util.stream",
              "org.jspecify.annotations");

  /** What the same inputs would not bring about again. */
  @ArchTest
  static final ArchRule thePlannerHasNoClockThreadOrChance =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "identityHashCode", Object.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class);
}
