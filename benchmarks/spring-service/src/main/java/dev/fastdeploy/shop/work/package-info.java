/** A request that goes through the whole shop. */
@NullMarked
package dev.fastdeploy.shop.work;

import org.jspecify.annotations.NullMarked;
