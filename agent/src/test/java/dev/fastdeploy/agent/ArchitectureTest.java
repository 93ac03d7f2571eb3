package dev.fastdeploy.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fastdeploy.agent.runtime.JvmExit;
import dev.fastdeploy.contract.Setting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;

/** What each package of the agent's module may use. */
@AnalyzeClasses(packages = "dev.fastdeploy", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String JDK = "java..";
  private static final String JDK_EXTENSION = "javax..";
  private static final String ANNOTATIONS = "org.jspecify.annotations";
  private static final String CONTRACT = "dev.fastdeploy.contract";
  private static final String DEPLOY = "dev.fastdeploy.agent.deploy";
  private static final String RELOAD = "dev.fastdeploy.agent.reload";
  private static final String LISTENING = "dev.fastdeploy.agent.listening";
  private static final String DESCRIPTORS = "dev.fastdeploy.contract.descriptors";
  private static final String EXCHANGE = "dev.fastdeploy.contract.listening";
  private static final String RELEASE = "dev.fastdeploy.release..";

  private ArchitectureTest() {}

  @ArchTest static final ArchRule bootstrap = only("dev.fastdeploy.agent", CONTRACT, LISTENING);

  @ArchTest static final ArchRule listening = only(LISTENING, CONTRACT, DESCRIPTORS, EXCHANGE);

  /** What they call is a pattern as well, by whose name a class of the JDK or of Netty stands. */
  @ArchTest static final ArchRule hooks = only(LISTENING + ".hook");

  @ArchTest
  static final ArchRule nobodyLoadsAHookAsItIs =
      noClasses()
          .that()
          .resideOutsideOfPackage(LISTENING + ".hook")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LISTENING + ".hook");

  @ArchTest
  static final ArchRule premainIsOnItsOwn =
      classes()
          .that()
          .haveFullyQualifiedName("dev.fastdeploy.agent.Premain")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage(JDK).or(JavaClass.Predicates.equivalentTo(Premain.class)))
          .because("Java 8 loads it, and no other class of ours");

  @ArchTest static final ArchRule contract = only(CONTRACT);

  /** One that the launcher keeps to itself would be the default to the agent, whatever was said. */
  @ArchTest
  static void whatTheAgentReadsTheLauncherHandsOn(JavaClasses classes) {
    for (JavaClass user : classes) {
      Set<Setting.Reader> readers = readers(user.getPackageName());
      for (JavaFieldAccess access : user.getFieldAccessesFromSelf()) {
        if (!readers.isEmpty() && access.getTargetOwner().isEquivalentTo(Setting.class)) {
          Setting setting = Setting.valueOf(access.getTarget().getName());
          assertThat(readers).as(access.getDescription()).allMatch(setting::isReadBy);
        }
      }
    }
  }

  /** Who opens a store, or stages from one, reads all that these read. */
  private static Set<Setting.Reader> readers(String packageName) {
    if (packageName.startsWith("dev.fastdeploy.release")) {
      return Set.of(Setting.Reader.FOLLOWER, Setting.Reader.AGENT, Setting.Reader.COMMAND);
    }
    return packageName.startsWith("dev.fastdeploy.agent") ? Set.of(Setting.Reader.AGENT) : Set.of();
  }

  @ArchTest static final ArchRule logging = only("dev.fastdeploy.agent.logging", CONTRACT);

  @ArchTest
  static final ArchRule control =
      only(
          "dev.fastdeploy.agent.control",
          CONTRACT,
          DEPLOY,
          RELOAD,
          "dev.fastdeploy.control.v1",
          "io.grpc..",
          "com.google.protobuf..",
          "com.google.common.util.concurrent");

  @ArchTest static final ArchRule deploy = only(DEPLOY, CONTRACT, RELOAD, RELEASE);

  @ArchTest
  static final ArchRule staging = only("dev.fastdeploy.agent.staging", CONTRACT, DEPLOY, RELEASE);

  @ArchTest static final ArchRule reload = only(RELOAD, CONTRACT);

  @ArchTest static final ArchRule processReload = only(RELOAD + ".process", CONTRACT, RELOAD);

  @ArchTest
  static final ArchRule politeServers =
      only(RELOAD + ".process.polite", CONTRACT, "net.bytebuddy.jar.asm..");

  @ArchTest
  static final ArchRule connections =
      only(RELOAD + ".process.connections", CONTRACT, DESCRIPTORS, EXCHANGE, RELOAD + ".process");

  @ArchTest static final ArchRule leftovers = only(RELOAD + ".module.leftovers", CONTRACT, RELOAD);

  @ArchTest
  static final ArchRule moduleReload =
      only(
          RELOAD + ".module",
          CONTRACT,
          RELOAD,
          RELOAD + ".module.leftovers",
          "org.jboss.modules..",
          "net.bytebuddy.jar.asm..");

  @ArchTest
  static final ArchRule byteBuddyInTheStrategiesOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              RELOAD + ".module..", RELOAD + ".redefine..", RELOAD + ".process.polite..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.bytebuddy..");

  @ArchTest
  static final ArchRule redefineReload =
      only(RELOAD + ".redefine", CONTRACT, RELOAD, "net.bytebuddy..");

  @ArchTest
  static final ArchRule runtime =
      only(
          "dev.fastdeploy.agent.runtime",
          CONTRACT,
          "dev.fastdeploy.agent.control",
          DEPLOY,
          RELOAD + "..",
          "dev.fastdeploy.agent.staging",
          RELEASE);

  @ArchTest
  static final ArchRule release =
      only(
          "dev.fastdeploy.release",
          CONTRACT,
          "dev.fastdeploy.release.format",
          "dev.fastdeploy.release.store",
          "org.apache.commons.compress.archivers..");

  @ArchTest
  static final ArchRule releaseFormat =
      only(
          "dev.fastdeploy.release.format",
          CONTRACT,
          "org.apache.commons.compress.compressors..",
          "com.github.luben.zstd..");

  @ArchTest
  static final ArchRule awsSdkInTheS3StoreOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy..")
          .and()
          .haveNameNotMatching("dev\\.fastdeploy\\.release\\.store\\.S3.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule jbossModulesInItsStrategyOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(RELOAD + ".module..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jboss.modules..")
          .because("initialising it sets the JVM's URL stream handler factory");

  @ArchTest
  static final ArchRule onePlaceEndsTheJvm =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy..")
          .and()
          .haveNameNotMatching(Pattern.quote(JvmExit.class.getName()) + "(\\$.*)?")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule nothingInitialisesWhatIsTheApplications =
      noClasses()
          .that()
          .resideInAPackage("dev.fastdeploy..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.util.logging..",
                  "javax.management..",
                  "java.lang.management..",
                  "java.net.http.."));

  /** Somebody may set the clock: it tells when something was, never how long to wait. */
  @ArchTest
  static final ArchRule theWallClockOnlyTellsWhenSomethingWas =
      noClasses()
          .that()
          .resideInAnyPackage("dev.fastdeploy.agent..", "dev.fastdeploy.release..", CONTRACT)
          .and()
          .haveNameNotMatching(
              ".*\\.(Agent|Deployer|ActiveDeploy|ControlServer|AuditTrail|QueuedLines)(\\$.*)?")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class);

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.fastdeploy.(**)").should().beFreeOfCycles();

  /** Classes of a package itself, not of those below it. */
  private static ArchRule only(String name, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(
            not(resideInAnyPackage(name, JDK, JDK_EXTENSION, ANNOTATIONS))
                .and(not(resideInAnyPackage(others))));
  }
}
