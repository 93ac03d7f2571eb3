package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Text;
import org.jspecify.annotations.Nullable;

/** The phase in which members are found and asked what they run. Nothing is changed yet. */
final class Checking implements FleetPhase {

  /**
   * Files for libraries, the store, sources and gates, and for connections that are being replaced.
   */
  private static final int OPEN_FILES_BESIDE_MEMBERS = 256;

  private final FleetPhases phases;
  private final FleetCourse course;
  private final Roster roster;
  private boolean planned;

  Checking(FleetPhases phases, Roster roster) {
    this.phases = phases;
    this.course = phases.course;
    this.roster = roster;
    course.arm(Deadlines.Of.SOURCES, course.plan.patience().check());
  }

  @Override
  public FleetPhase next() {
    Order abort = course.abort;
    if (abort != null) {
      return phases.aborted(abort);
    }
    if (!planned && !course.sources.allKnown()) {
      return course.isOver(Deadlines.Of.SOURCES) ? sourcesUnknown() : this;
    }
    planned = true;
    roster.close();
    course.disarm(Deadlines.Of.SOURCES);
    String tooMany = tooManyForThisCommand();
    if (tooMany != null) {
      return new Ended(phases, Ending.NOT_BEGUN, tooMany);
    }
    phases.check();
    if (course.members.in(MemberState.CHECKING) > 0 && !isHopeless()) {
      return this;
    }
    return checked();
  }

  /**
   * Returns the complaint if this command cannot keep a connection to each member, before the first
   * is dialled.
   */
  private @Nullable String tooManyForThisCommand() {
    long limit = course.means.openFiles();
    long needed = (long) course.members.living() + OPEN_FILES_BESIDE_MEMBERS;
    return limit == 0 || needed <= limit
        ? null
        : "the fleet has "
            + Text.counted(course.members.living(), "instance", "instances")
            + ", and this command may open only "
            + limit
            + " files; raise the limit (ulimit -n) to at least "
            + needed;
  }

  /**
   * Returns whether too many members are out of reach already, so that dialling the others is
   * pointless.
   */
  private boolean isHopeless() {
    return course.members.in(MemberState.SEEN) > 0
        && course.failures.exceeded(course.members.fleet()) != null;
  }

  private FleetPhase checked() {
    int living = course.members.living();
    Trouble misfit = course.misfit;
    Trouble exceeded = course.failures.exceeded(course.members.fleet());
    if (living == 0) {
      return new Ended(phases, Ending.NO_INSTANCES, "the sources know of no instance");
    }
    if (misfit != null) {
      return new Ended(phases, misfit.ending(), misfit.reason());
    }
    if (exceeded != null) {
      Ending ending = exceeded.ending() == Ending.ARTIFACT ? Ending.ARTIFACT : Ending.NOT_BEGUN;
      return new Ended(phases, ending, exceeded.reason());
    }
    if (course.plan.goBack()) {
      return new GoingBack(phases, "");
    }
    int floor = course.plan.window().floor(living);
    if (course.members.serving() < floor && !course.plan.unhealthyToo()) {
      return new Ended(
          phases,
          Ending.NOT_BEGUN,
          "only "
              + course.members.serving()
              + " of "
              + living
              + (course.members.serving() == 1 ? " is" : " are")
              + " in service, and --min-ready "
              + course.plan.window().minReady()
              + " requires "
              + floor
              + "; repair them, or give --unhealthy-too");
    }
    return new Staging(phases);
  }

  private FleetPhase sourcesUnknown() {
    return new Ended(
        phases, Ending.NOT_BEGUN, "no complete answer from " + course.sources.silent());
  }

  @Override
  public void takenOver() {
    if (!planned) {
      course.arm(Deadlines.Of.SOURCES, course.plan.patience().check());
    }
  }

  @Override
  public String name() {
    return "checking";
  }
}
