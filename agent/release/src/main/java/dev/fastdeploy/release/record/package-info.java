/**
 * The record of a fleet's deploys in the store: who owns the one that is under way, what it was
 * fed, what people ordered, and how each ended. Written by pipelines, read by instances that start.
 */
@NullMarked
package dev.fastdeploy.release.record;

import org.jspecify.annotations.NullMarked;
