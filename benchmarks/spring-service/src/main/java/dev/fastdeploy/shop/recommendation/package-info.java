/** What others bought with it. */
@NullMarked
package dev.fastdeploy.shop.recommendation;

import org.jspecify.annotations.NullMarked;
