/**
 * Where releases lie: the {@code ReleaseStore} and its kinds, S3 and a directory; and the shared
 * objects beside them, by which deploys agree.
 */
@NullMarked
package dev.fastdeploy.release.store;

import org.jspecify.annotations.NullMarked;
