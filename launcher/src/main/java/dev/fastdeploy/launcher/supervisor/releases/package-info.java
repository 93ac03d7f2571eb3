/**
 * The home as the launcher uses it: which release starts, which is pending, and what is recorded of
 * either. The only package that writes the home's state.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.releases;

import org.jspecify.annotations.NullMarked;
