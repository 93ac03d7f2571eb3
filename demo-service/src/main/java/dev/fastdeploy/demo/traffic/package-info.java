/**
 * Steady HTTP traffic against instances of the demo service, and the judgement of what became of
 * each request. Nothing here knows of deploys or processes.
 */
@NullMarked
package dev.fastdeploy.demo.traffic;

import org.jspecify.annotations.NullMarked;
