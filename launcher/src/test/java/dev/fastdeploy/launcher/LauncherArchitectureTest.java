package dev.fastdeploy.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.supervisor.LauncherRun;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import java.time.Instant;
import java.time.InstantSource;

@AnalyzeClasses(
    packages = "dev.fastdeploy.launcher",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LauncherArchitectureTest {

  @ArchTest
  static final ArchRule theEntrypointUsesTheJdkAndTheContractOnly =
      classes()
          .that()
          .resideInAnyPackage("dev.fastdeploy.launcher", "dev.fastdeploy.launcher.supervisor..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.fastdeploy.launcher",
              "dev.fastdeploy.launcher.supervisor..",
              "dev.fastdeploy.contract..",
              "java..",
              "javax.net.ssl",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule thePartsKnowNoSupervisor =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy.launcher.supervisor.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.fastdeploy.launcher.supervisor");

  /** When a release may be made current is the contract's to say, for the agent and the command. */
  @ArchTest
  static final ArchRule theCommandHasNoRulesOfItsOwn =
      noClasses().should().callConstructor(RefusedException.class, Refusal.class, String.class);

  @ArchTest
  static final ArchRule noCyclesBetweenTheParts =
      slices().matching("dev.fastdeploy.launcher.supervisor.(*)..").should().beFreeOfCycles();

  /** It answers anybody who can reach its port. */
  @ArchTest
  static final ArchRule healthChangesNothing =
      classes()
          .that()
          .resideInAPackage("dev.fastdeploy.launcher.supervisor.health")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.fastdeploy.launcher.supervisor.health",
              "dev.fastdeploy.contract",
              "java..",
              "org.jspecify.annotations")
          .andShould()
          .onlyDependOnClassesThat()
          .doNotBelongToAnyOf(Home.class, HomeState.class, Process.class, ProcessHandle.class);

  /** They run in different processes, and meet in the contract and the protocol. */
  @ArchTest
  static final ArchRule nothingOfTheAgentIsUsed =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.fastdeploy.agent..");

  /** A lock would only hide that another thread uses it, too. */
  @ArchTest
  static final ArchRule whatIsConfinedHoldsNoLock =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(SupervisorThread.class)
          .should()
          .haveModifier(JavaModifier.VOLATILE)
          .orShould()
          .haveRawType(
              JavaClass.Predicates.resideInAnyPackage(
                  "java.util.concurrent.locks", "java.util.concurrent.atomic"));

  @ArchTest
  static final ArchRule whatIsConfinedIsNotSynchronized =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(SupervisorThread.class)
          .should()
          .haveModifier(JavaModifier.SYNCHRONIZED);

  /** What runs on other threads is not marked, and posts events. LauncherRun makes the marked. */
  @ArchTest
  static final ArchRule whatIsConfinedIsUsedByTheConfinedAlone =
      classes()
          .that()
          .areAnnotatedWith(SupervisorThread.class)
          .should()
          .onlyHaveDependentClassesThat(
              DescribedPredicate.describe(
                  "are confined too, or make the supervisor",
                  user -> isConfined(user) || user.isEquivalentTo(LauncherRun.class)));

  private static boolean isConfined(JavaClass user) {
    return user.isAnnotatedWith(SupervisorThread.class)
        || user.getEnclosingClass().filter(LauncherArchitectureTest::isConfined).isPresent();
  }

  @ArchTest
  static final ArchRule onlyMainEndsTheJvm =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Main.class)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class);

  /** Somebody may set the clock: it tells when something was, never how long to wait. */
  @ArchTest
  static final ArchRule theWallClockOnlyTellsWhenSomethingWas =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy.launcher.supervisor..")
          .and()
          .haveNameNotMatching(
              ".*\\.(LauncherRun|PhaseRecord|Releases|Vitals|LogPump|JsonSink)(\\$.*)?")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class);

  /** By that the documents tell users whose a setting is, and it is handed on. */
  @ArchTest
  static void whatIsReadHereIsSaidToBe(JavaClasses classes) {
    for (JavaClass user : classes) {
      for (JavaFieldAccess access : user.getFieldAccessesFromSelf()) {
        if (access.getTargetOwner().isEquivalentTo(Setting.class)) {
          Setting setting = Setting.valueOf(access.getTarget().getName());
          assertThat(setting.isReadBy(reader(user.getPackageName())))
              .as(access.getDescription())
              .isTrue();
        }
      }
    }
  }

  private static Setting.Reader reader(String packageName) {
    if (packageName.startsWith("dev.fastdeploy.launcher.supervisor")) {
      return Setting.Reader.LAUNCHER;
    }
    return packageName.startsWith("dev.fastdeploy.launcher.follow")
        ? Setting.Reader.FOLLOWER
        : Setting.Reader.COMMAND;
  }

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("dev.fastdeploy.launcher.(*)..").should().beFreeOfCycles();
}
