/**
 * Releases: the tar, the manifest of the files to write, staging into a home and packing for the
 * store. Knows no network; the stores are in {@code release.store}, the compressions in {@code
 * release.format}.
 */
@NullMarked
package dev.fastdeploy.release;

import org.jspecify.annotations.NullMarked;
