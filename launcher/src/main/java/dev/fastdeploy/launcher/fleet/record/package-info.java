/**
 * The part of a fleet deploy that is kept in the store, as JSON: who owns an environment, what the
 * planner was fed, what people ordered, and how it ended.
 */
@NullMarked
package dev.fastdeploy.launcher.fleet.record;

import org.jspecify.annotations.NullMarked;
