/** How many copies lie where. */
@NullMarked
package dev.fastdeploy.shop.stock;

import org.jspecify.annotations.NullMarked;
