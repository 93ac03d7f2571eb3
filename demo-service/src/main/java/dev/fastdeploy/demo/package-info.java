/**
 * The demo: three instances, an S3 server, steady traffic, a deploy, a broken deploy that is taken
 * back by itself, and a rollback. It uses fastdeploy as its users do, by the command and the
 * launcher, and none of its classes.
 */
@NullMarked
package dev.fastdeploy.demo;

import org.jspecify.annotations.NullMarked;
