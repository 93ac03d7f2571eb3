package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Text;
import java.util.List;

/**
 * Applies reports. They may come late or twice: one of an older attempt changes nothing, and only a
 * member's own word that it proved the commit is a success.
 */
final class Reports {

  private final FleetCourse course;
  private final Asks asks;
  private final Verdicts verdicts;

  Reports(FleetCourse course, Asks asks, Verdicts verdicts) {
    this.course = course;
    this.asks = asks;
    this.verdicts = verdicts;
  }

  void take(MemberDeploy member, Report report) {
    if (report instanceof Report.Said said) {
      said(member, said);
    } else if (report instanceof Report.Ended ended) {
      ended(member, ended);
    } else if (report instanceof Report.Status status) {
      status(member, status);
    } else if (report instanceof Report.Lost lost) {
      lost(member, lost.why());
    } else if (report instanceof Report.Denied denied) {
      denied(member, denied);
    } else if (report instanceof Report.Fenced fenced) {
      course.superseded = fenced.why();
    }
  }

  private void said(MemberDeploy member, Report.Said said) {
    if (said.attempt() == member.attempt) {
      heard(member);
      course.say(new Event.Went(member.id, said.step()));
    }
  }

  private void ended(MemberDeploy member, Report.Ended ended) {
    if (ended.attempt() != member.attempt) {
      return;
    }
    heard(member);
    switch (member.state) {
      case STAGING, ACTIVATING, RETURNING -> endedAsAsked(member, ended);
      case FAILED, UNREACHABLE -> {
        if (member.assumed && ended.result() == Report.Result.PROVEN) {
          provenLate(member);
        }
      }
      default -> {
        // It has already ended, by another report.
      }
    }
  }

  private void endedAsAsked(MemberDeploy member, Report.Ended ended) {
    boolean staging = member.state == MemberState.STAGING;
    switch (ended.result()) {
      case BUSY -> asks.later(member);
      case STAGED -> {
        if (staging) {
          verdicts.waiting(member, MemberState.STAGED);
        }
      }
      case PROVEN -> {
        if (!staging) {
          provenAsAsked(member);
        }
      }
      case ROLLED_BACK, FAILED -> {
        if (member.state == MemberState.ACTIVATING) {
          // It is back, or refused and never left.
          member.running = member.before;
          member.stayed = ended.refused();
        }
        verdicts.failed(member, ended.cause(), ended.reason(), ended.lastLines());
      }
    }
  }

  private void provenAsAsked(MemberDeploy member) {
    Commit goal = member.goal;
    if (goal == null) {
      return;
    }
    member.running = goal;
    if (member.state == MemberState.RETURNING) {
      verdicts.returned(member, goal);
    } else if (course.goingBack) {
      verdicts.goesBack(member);
    } else {
      verdicts.proven(member);
    }
  }

  /**
   * Takes note that a member that was given up has proven the commit after all. Its failure stays
   * counted.
   */
  private void provenLate(MemberDeploy member) {
    Commit goal = member.goal;
    if (goal == null) {
      return;
    }
    member.running = goal;
    if (course.goingBack) {
      verdicts.goesBack(member);
    } else if (goal.equals(course.plan.commit())) {
      verdicts.proven(member);
    }
  }

  private void status(MemberDeploy member, Report.Status status) {
    boolean asked = member.probing;
    course.members.change(
        member,
        () -> {
          member.connected = true;
          member.inService = status.inService();
          member.surveyed = true;
          member.image = status.image();
        });
    heard(member);
    member.running = isCertain(member, status) ? status.running() : null;
    member.refused = status.refused();
    if (member.before == null && status.running() != null && !isMoved(member, status)) {
      member.before = status.running();
      member.toldAt = course.journal.mark();
    }
    tell(member, status);
    if (isForeign(status)) {
      foreign(member, status);
    } else if (course.goingBack) {
      settleBack(member, status, asked);
    } else {
      settle(member, status, asked);
    }
  }

  /**
   * Returns whether a status is certain. One from before the last request is not, nor is one from
   * between two releases.
   */
  private static boolean isCertain(MemberDeploy member, Report.Status status) {
    boolean isEarlier = member.moved && status.attempt() < member.attempt;
    return !isEarlier && status.standing() != DeployStanding.ACTIVATING;
  }

  /** Returns whether the member was moved, so that what it runs is not what it ran before. */
  private boolean isMoved(MemberDeploy member, Report.Status status) {
    boolean byAnotherOwner =
        isOfThisDeploy(status)
            && (status.standing() == DeployStanding.ACTIVATING
                || status.standing() == DeployStanding.PROVEN);
    return member.moved || byAnotherOwner;
  }

  /** Returns whether its last request was one of this deploy. */
  private boolean isOfThisDeploy(Report.Status status) {
    return status.attempt() > 0 && course.plan.commit().equals(status.toward());
  }

  private void tell(MemberDeploy member, Report.Status status) {
    if (!member.told) {
      member.told = true;
      course.say(
          new Event.Found(
              member.id,
              member.address,
              member.zone,
              status.running(),
              status.proven(),
              status.inService()));
    }
  }

  private boolean isForeign(Report.Status status) {
    return differs(status.app(), course.plan.app())
        || differs(status.environment(), course.plan.environment());
  }

  private static boolean differs(String said, String planned) {
    return !said.isEmpty() && !said.equals(planned);
  }

  private void foreign(MemberDeploy member, Report.Status status) {
    String reason =
        "it belongs to '"
            + status.app()
            + "' in '"
            + status.environment()
            + "', not to '"
            + course.plan.app()
            + "' in '"
            + course.plan.environment()
            + "'; take it out of the fleet";
    if (course.misfit == null) {
      course.misfit = new Trouble(Ending.NOT_BEGUN, member.id + ": " + reason);
    }
    verdicts.failed(member, Cause.UNREACHABLE, reason, List.of());
  }

  private void settle(MemberDeploy member, Report.Status status, boolean asked) {
    boolean ours = isOfThisDeploy(status) && status.attempt() >= member.attempt;
    switch (member.state) {
      case SEEN, CHECKING -> {
        if (!ours || !adopted(member, status)) {
          checked(member, status);
        }
      }
      case CHECKED, STAGED -> {
        asks.rest(member);
        if (ours) {
          adopted(member, status);
        }
      }
      case STAGING, ACTIVATING -> {
        if ((!ours || !adopted(member, status)) && asked) {
          asks.again(member);
        }
      }
      case UNREACHABLE -> {
        if ((!ours || !adopted(member, status)) && !member.moved) {
          checked(member, status);
        }
      }
      case FAILED -> {
        if (member.assumed && ours && status.standing() == DeployStanding.PROVEN) {
          adopted(member, status);
        }
      }
      default -> asks.rest(member);
    }
  }

  private void checked(MemberDeploy member, Report.Status status) {
    if (status.proven() && course.plan.commit().equals(status.running()) && !course.plan.goBack()) {
      verdicts.proven(member);
    } else if (lacksRoom(status)) {
      verdicts.failed(
          member,
          Cause.ARTIFACT,
          "its home has "
              + Text.counted(status.freeBytes(), "byte", "bytes")
              + " free, and the archive of '"
              + course.plan.commit()
              + "' alone takes "
              + course.means.archiveBytes()
              + "; free some space, or keep fewer releases (--keep)",
          List.of());
    } else {
      verdicts.waiting(member, MemberState.CHECKED);
    }
  }

  /**
   * Returns whether there is too little room: the fetch would fail in the end. A rollback is tried
   * all the same.
   */
  private boolean lacksRoom(Report.Status status) {
    return status.freeBytes() > 0
        && status.freeBytes() < course.means.archiveBytes()
        && !course.plan.goBack();
  }

  /**
   * Adopts the state that the member reports for its request. Returns false if that changes
   * nothing.
   */
  private boolean adopted(MemberDeploy member, Report.Status status) {
    boolean newer = status.attempt() > member.attempt;
    switch (status.standing()) {
      case PROVEN -> {
        if (!course.plan.commit().equals(status.running())) {
          verdicts.failed(
              member,
              Cause.APPLICATION,
              "it says that '"
                  + status.toward()
                  + "' is proven, but runs '"
                  + running(status)
                  + "'",
              List.of());
        } else {
          movedBy(member, status);
          verdicts.proven(member);
        }
        return true;
      }
      case ROLLED_BACK -> {
        movedBy(member, status);
        verdicts.failed(member, Cause.APPLICATION, "the release did not come up there", List.of());
        return true;
      }
      case FAILED -> {
        member.attempt = status.attempt();
        Cause cause = member.state == MemberState.ACTIVATING ? Cause.APPLICATION : Cause.ARTIFACT;
        verdicts.failed(member, cause, "it failed to do what it was asked", List.of());
        return true;
      }
      case ACTIVATING -> {
        if (member.state != MemberState.ACTIVATING || newer) {
          movedBy(member, status);
          course.members.change(
              member,
              () -> {
                member.state = MemberState.ACTIVATING;
                member.took = false;
              });
          asks.expect(member, course.plan.patience().activate());
        }
        return true;
      }
      case STAGED -> {
        if (member.state == MemberState.ACTIVATING) {
          return false;
        }
        member.attempt = status.attempt();
        if (member.state != MemberState.STAGED) {
          verdicts.waiting(member, MemberState.STAGED);
        }
        return true;
      }
      case STAGING -> {
        if (member.state == MemberState.ACTIVATING) {
          return false;
        }
        if (member.state != MemberState.STAGING && member.state != MemberState.STAGED) {
          course.members.change(
              member,
              () -> {
                member.state = MemberState.STAGING;
                member.attempt = status.attempt();
                member.goal = course.plan.commit();
              });
          asks.expect(member, course.plan.patience().stage());
        }
        return true;
      }
      case NONE -> {
        return false;
      }
    }
    return false;
  }

  private void movedBy(MemberDeploy member, Report.Status status) {
    course.members.change(
        member,
        () -> {
          member.moved = true;
          member.stayed = false;
          member.attempt = status.attempt();
          member.goal = course.plan.commit();
        });
  }

  private void settleBack(MemberDeploy member, Report.Status status, boolean asked) {
    boolean moved = wasMovedUnseen(member, status);
    if (moved) {
      movedBy(member, status);
    }
    member.attempt = Math.max(member.attempt, status.attempt());
    switch (member.state) {
      case SEEN, CHECKING -> turnedBack(member, status);
      case CHECKED, STAGED -> {
        if (moved) {
          turnedBack(member, status);
        } else {
          asks.rest(member);
        }
      }
      case UNREACHABLE -> {
        if (member.assumed) {
          turnedBack(member, status);
        }
      }
      case RETURNING -> returning(member, status, asked);
      case RETURNED -> {
        if (!course.plan.goBack() && course.plan.commit().equals(member.running)) {
          // By its own word it is not back, whatever was assumed.
          verdicts.goesBack(member);
        } else {
          asks.rest(member);
        }
      }
      case PROVEN -> asks.rest(member);
      default -> {
        // It is waiting for its turn, or has ended.
      }
    }
  }

  /**
   * Returns whether an earlier owner asked it to run the commit and died before that was in the
   * journal. This shows when the member reports, which may be after the others have turned back.
   */
  private boolean wasMovedUnseen(MemberDeploy member, Report.Status status) {
    boolean isMoved =
        switch (status.standing()) {
          case ACTIVATING, PROVEN, ROLLED_BACK -> true;
          case NONE, STAGING, STAGED, FAILED -> false;
        };
    return isMoved
        && !member.moved
        && !course.plan.goBack()
        && isOfThisDeploy(status)
        && status.attempt() > member.attempt;
  }

  /**
   * Turns a member back. It is not counted on while it is between two releases, nor asked twice to
   * go back.
   */
  private void turnedBack(MemberDeploy member, Report.Status status) {
    if (status.standing() != DeployStanding.ACTIVATING) {
      verdicts.goesBack(member);
      return;
    }
    Commit back = course.wayBack(member);
    boolean isOnItsWay = back != null && back.equals(status.toward());
    course.members.change(
        member,
        () -> {
          member.inService = false;
          if (isOnItsWay) {
            member.state = MemberState.RETURNING;
            member.took = false;
            member.goal = back;
          }
        });
    if (isOnItsWay) {
      asks.expect(member, course.plan.patience().activate());
    } else {
      verdicts.goesBack(member);
    }
  }

  private void returning(MemberDeploy member, Report.Status status, boolean asked) {
    Commit goal = member.goal;
    if (goal == null) {
      return;
    }
    boolean isThere = goal.equals(member.running) && status.proven();
    boolean ours = goal.equals(status.toward());
    if (isThere) {
      verdicts.returned(member, goal);
    } else if (ours
        && status.attempt() >= member.attempt
        && (status.standing() == DeployStanding.FAILED
            || status.standing() == DeployStanding.ROLLED_BACK)) {
      verdicts.failed(member, Cause.APPLICATION, "it could not go back", List.of());
    } else if (asked && !(ours && status.standing() == DeployStanding.ACTIVATING)) {
      asks.again(member);
    }
  }

  private void lost(MemberDeploy member, String why) {
    member.trouble = why;
    if (!member.connected) {
      // A call that fails while the channel is gone is not another loss and gives no more time.
      return;
    }
    course.members.change(
        member,
        () -> {
          member.connected = false;
          member.inService = false;
        });
    if (member.state == MemberState.CHECKED || member.state == MemberState.STAGED) {
      asks.expect(member, course.plan.patience().back());
    }
  }

  private void denied(MemberDeploy member, Report.Denied denied) {
    if (course.misfit == null) {
      course.misfit = new Trouble(Ending.NOT_AUTHORISED, member.id + " refuses: " + denied.why());
    }
    switch (member.state) {
      case SEEN, CHECKING, CHECKED, STAGING, STAGED, ACTIVATING, RETURNING ->
          verdicts.failed(member, Cause.UNREACHABLE, denied.why(), List.of());
      default -> {
        // Its end is known.
      }
    }
  }

  private void heard(MemberDeploy member) {
    member.heardAt = course.now;
    member.probing = false;
    if (!member.connected) {
      course.members.change(member, () -> member.connected = true);
    }
  }

  private static String running(Report.Status status) {
    return status.running() == null ? "" : status.running().id();
  }
}
