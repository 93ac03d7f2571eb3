/** What a book costs whom. */
@NullMarked
package dev.fastdeploy.shop.pricing;

import org.jspecify.annotations.NullMarked;
