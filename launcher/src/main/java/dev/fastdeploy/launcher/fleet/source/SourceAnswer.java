package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.launcher.fleet.plan.Member;
import java.util.List;

/**
 * The answer of a source. Neither an incomplete nor an unknown answer means that a member vanished.
 */
public sealed interface SourceAnswer {

  /**
   * The source knows members.
   *
   * @param members at least one, each address and each id once
   * @param complete whether these are all
   * @param rollout what the platform itself is rolling out there, in one line for the user; empty
   *     if nothing, if the source cannot know, or if it was not asked
   */
  record Seen(List<Member> members, boolean complete, String rollout) implements SourceAnswer {

    /** Creates an answer that says nothing about the platform. */
    public Seen(List<Member> members, boolean complete) {
      this(members, complete, "");
    }

    public Seen {
      members = List.copyOf(members);
    }
  }

  /**
   * The source cannot tell, or names no member.
   *
   * @param why one line for the user, with the value that is wrong and what to do
   */
  record Unknown(String why) implements SourceAnswer {}
}
