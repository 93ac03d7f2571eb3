package dev.fastdeploy.release;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.fastdeploy.release",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ReleaseArchitectureTest {

  @ArchTest
  static final ArchRule onlyTheS3StoreUsesTheSdk =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.fastdeploy\\.release\\.store\\.S3[A-Z][A-Za-z]*(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..");

  @ArchTest
  static final ArchRule onlyOneClassLoadsTheZstdLibrary =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.fastdeploy.release.format.Zstd")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.github.luben..");

  @ArchTest
  static final ArchRule storesKnowNothingOfWhatIsInAnArchive =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy.release.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.fastdeploy.release", "org.apache..");

  @ArchTest
  static final ArchRule formatsKnowNeitherStoresNorWhatIsInAnArchive =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy.release.format")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.fastdeploy.release",
              "dev.fastdeploy.release.store",
              "org.apache.commons.compress.archivers..");

  @ArchTest
  static final ArchRule onlyFormatsCompress =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fastdeploy.release.format")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.compress.compressors..");

  @ArchTest
  static final ArchRule releaseKnowsNoOtherPart =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.fastdeploy.agent..", "dev.fastdeploy.control..", "io.grpc..");

  @ArchTest
  static final ArchRule nothingTouchesLoggingOrJmx =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "javax.management..", "java.lang.management..");
}
