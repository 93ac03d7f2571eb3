/** A book shop on Spring Boot: what the benchmarks take for a service on a real framework. */
@NullMarked
package dev.fastdeploy.shop;

import org.jspecify.annotations.NullMarked;
