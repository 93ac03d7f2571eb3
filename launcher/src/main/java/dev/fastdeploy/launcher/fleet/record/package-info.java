/**
 * What a fleet deploy keeps in the store, as JSON: who owns an environment, what the planner was
 * fed, what people ordered, and how it ended.
 */
@NullMarked
package dev.fastdeploy.launcher.fleet.record;

import org.jspecify.annotations.NullMarked;
