package dev.fastdeploy.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.fastdeploy", importOptions = ImportOption.DoNotIncludeTests.class)
class ContractArchitectureTest {

  @ArchTest
  static final ArchRule contractUsesTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("dev.fastdeploy.contract..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.fastdeploy.contract..", "java..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule generatedStubsUseProtobufAndGrpcOnly =
      classes()
          .that()
          .resideInAPackage("dev.fastdeploy.control.v1")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.fastdeploy.control.v1",
              "java..",
              "com.google.protobuf..",
              "io.grpc..",
              "com.google.common.util.concurrent");

  @ArchTest
  static final ArchRule nobodyEndsTheJvm =
      noClasses()
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class);
}
