package dev.fastdeploy.launcher.fleet.source;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each library that lists instances stands behind one class. */
@AnalyzeClasses(
    packages = "dev.fastdeploy.launcher",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SourceArchitectureTest {

  private static final String SOURCE = "dev.fastdeploy.launcher.fleet.source";
  private static final String JSON = "com.fasterxml..";
  private static final String AWS = "software.amazon..";
  private static final String REDIS = "redis.clients..";

  @ArchTest
  static final ArchRule sourcesUseTheJdkAndTheirOwnLibrary =
      classes()
          .that()
          .resideInAPackage(SOURCE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              SOURCE,
              "dev.fastdeploy.launcher.fleet",
              "dev.fastdeploy.launcher.fleet.plan",
              "dev.fastdeploy.launcher.fleet.program",
              "dev.fastdeploy.contract",
              "java..",
              "javax.net.ssl",
              "org.jspecify.annotations",
              JSON,
              AWS,
              REDIS);

  @ArchTest
  static final ArchRule onlyThePagesOfKubernetesAndTheRecordAreJson =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy.launcher.fleet..")
          .and()
          .haveNameNotMatching(".*\\.(KubernetesJson|RecordJson)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JSON);

  @ArchTest
  static final ArchRule onlyOneClassKnowsAws =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.source\\.EcsTasks(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(AWS);

  @ArchTest
  static final ArchRule onlyOneClassKnowsRedis =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.source\\.RedisOrigin(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(REDIS);

  @ArchTest
  static final ArchRule onlyThePlannersWordsAreShared =
      classes()
          .that()
          .resideInAPackage(SOURCE)
          .and()
          .doNotHaveSimpleName("FleetSource")
          .and()
          .doNotHaveSimpleName("FleetSources")
          .and()
          .haveNameNotMatching(".*\\.SourceAnswer(\\$.*)?")
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic();
}
