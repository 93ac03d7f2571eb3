/**
 * The whole product as its users have it: launcher, service, gRPC, store and command in processes
 * of their own, on every JDK that is there.
 */
package dev.fastdeploy.e2e;
