/**
 * The input of {@code run}: its options, the variables that a user gives the service, and what is
 * wrong or missing in them. Starts nothing.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.configuration;

import org.jspecify.annotations.NullMarked;
