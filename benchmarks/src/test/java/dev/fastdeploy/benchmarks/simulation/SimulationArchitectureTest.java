package dev.fastdeploy.benchmarks.simulation;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fastdeploy.benchmarks.simulation.command.Simulate;
import java.time.Clock;
import java.util.Random;

@AnalyzeClasses(
    packages = "dev.fastdeploy.benchmarks.simulation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SimulationArchitectureTest {

  private static final String SIMULATION = "dev.fastdeploy.benchmarks.simulation";
  private static final String[] JDK = {
    "java.lang..", "java.time..", "java.util..", "org.jspecify.annotations"
  };

  /** What decides in the command, and the words that it decides with. */
  private static final String[] PLANNER = {
    "dev.fastdeploy.launcher.fleet.plan", "dev.fastdeploy.contract"
  };

  private static final String[] MODEL = {
    SIMULATION,
    SIMULATION + ".event",
    SIMULATION + ".rollout",
    SIMULATION + ".ecs",
    SIMULATION + ".fastdeploy"
  };

  @ArchTest
  static final ArchRule theModelUsesNothingButTheJdkAndThePlanner =
      classes()
          .that()
          .resideInAnyPackage(MODEL)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(MODEL)
                  .or(resideInAnyPackage(JDK))
                  .or(resideInAnyPackage(PLANNER)));

  @ArchTest
  static final ArchRule onlyTheDeployKnowsThePlanner =
      noClasses()
          .that()
          .resideOutsideOfPackage(SIMULATION + ".fastdeploy")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLANNER);

  @ArchTest
  static final ArchRule theModelKnowsNoOtherClockAndNoOtherChance =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule noSocketsAndNoBenchmarks =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.openjdk.jmh..", "java.net..", "java.nio.channels..", "javax..");

  @ArchTest
  static final ArchRule onlyTheCommandReadsArguments =
      noClasses()
          .that()
          .resideOutsideOfPackage(SIMULATION + ".command")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..");

  @ArchTest
  static final ArchRule onlyFilesKnowJson =
      noClasses()
          .that()
          .resideOutsideOfPackage(SIMULATION + ".json")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule onlyTheProgramEndsTheJvm =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Simulate.class)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching(SIMULATION + ".(*)..").should().beFreeOfCycles();
}
