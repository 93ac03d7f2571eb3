/**
 * The agent in the payload: puts the parts together and connects them with what surrounds them, the
 * launcher, the home, the application's classes and the end of the process. Decides nothing about
 * deploys and speaks no gRPC.
 */
@NullMarked
package dev.fastdeploy.agent.runtime;

import org.jspecify.annotations.NullMarked;
