/**
 * Small applications, each of which leaves one thing behind in the JVM. Loaded by a loader of their
 * own each time; the tests name them only.
 */
package dev.fastdeploy.agent.reload.module.leftovers.app;
