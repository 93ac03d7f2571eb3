package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.launcher.fleet.plan.Action;
import java.util.List;

/**
 * A part of the journal.
 *
 * @param owner the owner that wrote it
 * @param entries what the planner was fed since the previous segment
 */
record Segment(String owner, List<Action.Entry> entries) {}
