/**
 * The formats of a release's archive: how its name ends, how it is compressed and unpacked. Knows
 * neither what is in the archive nor where it is stored.
 */
@NullMarked
package dev.fastdeploy.release.format;

import org.jspecify.annotations.NullMarked;
