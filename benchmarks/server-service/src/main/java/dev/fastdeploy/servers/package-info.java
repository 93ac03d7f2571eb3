/**
 * One small service on each of several HTTP servers, with the shutdown that the server's own
 * documentation shows. Nothing of fastdeploy is known here.
 */
@NullMarked
package dev.fastdeploy.servers;

import org.jspecify.annotations.NullMarked;
