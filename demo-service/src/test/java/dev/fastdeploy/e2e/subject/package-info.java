/**
 * Services that misbehave on purpose. Except for the isolation subject they use the JDK alone: a
 * release is their class files.
 */
package dev.fastdeploy.e2e.subject;
