/**
 * Brings releases from the store into the home: in a short-lived process of its own, so that the
 * AWS SDK leaves nothing in the service, or in the service where that cannot be.
 */
@NullMarked
package dev.fastdeploy.agent.staging;

import org.jspecify.annotations.NullMarked;
