/**
 * The store: {@code PublishedReleases} above a {@code BlobStore} for each kind of place, S3 or a
 * directory, and the shared objects beside them, through which deploys coordinate.
 */
@NullMarked
package dev.fastdeploy.release.store;

import org.jspecify.annotations.NullMarked;
