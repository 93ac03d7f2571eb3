/** Where releases lie: the {@code ReleaseStore} and its kinds, S3 and a directory. */
@NullMarked
package dev.fastdeploy.release.store;

import org.jspecify.annotations.NullMarked;
