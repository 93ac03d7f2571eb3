package dev.fastdeploy.launcher.command;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fastdeploy.launcher.report.CleanWriter;
import java.io.PrintWriter;
import picocli.CommandLine;

@AnalyzeClasses(
    packages = {
      "dev.fastdeploy.launcher.command",
      "dev.fastdeploy.launcher.fleet",
      "dev.fastdeploy.launcher.report"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class CommandArchitectureTest {

  private static final String COMMAND = "dev.fastdeploy.launcher.command..";
  private static final String FLEET = "dev.fastdeploy.launcher.fleet..";
  private static final String REPORT = "dev.fastdeploy.launcher.report..";
  private static final String PICOCLI = "picocli..";
  private static final String GRPC = "io.grpc..";
  private static final String CONTROL = "dev.fastdeploy.control..";
  private static final String RELEASE = "dev.fastdeploy.release..";
  private static final String JACKSON = "com.fasterxml..";

  @ArchTest
  static final ArchRule commandLeavesConnectionsToTheFleet =
      noClasses()
          .that()
          .resideInAPackage(COMMAND)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GRPC, CONTROL, JACKSON, "dev.fastdeploy.agent..");

  @ArchTest
  static final ArchRule fleetKnowsNeitherOptionsNorReports =
      noClasses()
          .that()
          .resideInAPackage(FLEET)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PICOCLI, COMMAND, REPORT, "dev.fastdeploy.agent..");

  /** The record of an environment lies where releases do; nothing else of a fleet knows a store. */
  @ArchTest
  static final ArchRule onlyTheRecordKnowsTheStore =
      noClasses()
          .that()
          .resideInAPackage(FLEET)
          .and()
          .resideOutsideOfPackage("dev.fastdeploy.launcher.fleet.record..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RELEASE);

  @ArchTest
  static final ArchRule reportKnowsNeitherOptionsNorConnections =
      noClasses()
          .that()
          .resideInAPackage(REPORT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PICOCLI, COMMAND, GRPC, CONTROL, RELEASE, "com.google..");

  @ArchTest
  static final ArchRule decisionsHaveNoSocketsThreadsOrClocks =
      noClasses()
          .that()
          .haveFullyQualifiedName("dev.fastdeploy.launcher.fleet.TargetsDeploy")
          .or()
          .haveFullyQualifiedName("dev.fastdeploy.launcher.fleet.InstanceDeploy")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GRPC, "java.net..", "java.nio..", "java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock");

  @ArchTest
  static final ArchRule nobodyEndsTheProcess =
      noClasses()
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class);

  @ArchTest
  static final ArchRule whatIsPrintedIsCleaned =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.fastdeploy.launcher.report.CleanWriter")
          .should()
          .callConstructorWhere(
              target(
                  owner(assignableTo(PrintWriter.class)).and(owner(not(type(CleanWriter.class))))))
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(CommandLine.class, "getOut")
          .orShould()
          .callMethod(CommandLine.class, "getErr");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.fastdeploy.launcher.(*)..").should().beFreeOfCycles();
}
