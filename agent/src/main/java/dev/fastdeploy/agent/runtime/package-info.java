/**
 * The agent in the payload: assembles the parts and connects them to their surroundings, which are
 * the launcher, the home, the application's classes and the end of the process. Decides nothing
 * about deploys and speaks no gRPC.
 */
@NullMarked
package dev.fastdeploy.agent.runtime;

import org.jspecify.annotations.NullMarked;
