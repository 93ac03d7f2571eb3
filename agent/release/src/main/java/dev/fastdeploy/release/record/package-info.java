/**
 * The record of a fleet's deploys in the store: who owns the current one, what it was fed, what
 * people ordered, and how each ended. Written by pipelines, read by starting instances.
 */
@NullMarked
package dev.fastdeploy.release.record;

import org.jspecify.annotations.NullMarked;
