/** Who buys. */
@NullMarked
package dev.fastdeploy.shop.customers;

import org.jspecify.annotations.NullMarked;
