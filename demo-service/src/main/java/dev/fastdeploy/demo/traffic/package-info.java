/**
 * Steady HTTP traffic against instances of the demo service, and the judgement of each request's
 * fate. Nothing here knows about deploys or processes.
 */
@NullMarked
package dev.fastdeploy.demo.traffic;

import org.jspecify.annotations.NullMarked;
