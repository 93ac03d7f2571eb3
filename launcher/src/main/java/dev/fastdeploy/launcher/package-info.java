/**
 * The entry into {@code fastdeploy.jar}: sends {@code run} to the supervisor and everything else to
 * the payload. Uses nothing but the JDK and the contract.
 */
@NullMarked
package dev.fastdeploy.launcher;

import org.jspecify.annotations.NullMarked;
