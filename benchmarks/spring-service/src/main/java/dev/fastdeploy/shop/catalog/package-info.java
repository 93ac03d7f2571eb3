/** What the shop sells. */
@NullMarked
package dev.fastdeploy.shop.catalog;

import org.jspecify.annotations.NullMarked;
