/** What was bought. */
@NullMarked
package dev.fastdeploy.shop.orders;

import org.jspecify.annotations.NullMarked;
