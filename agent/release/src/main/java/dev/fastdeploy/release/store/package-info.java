/**
 * The stores of releases: the {@code ReleaseStore} with its kinds, S3 and a directory, and the
 * shared objects beside them, through which deploys coordinate.
 */
@NullMarked
package dev.fastdeploy.release.store;

import org.jspecify.annotations.NullMarked;
