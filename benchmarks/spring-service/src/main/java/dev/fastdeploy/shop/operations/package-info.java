/** What runs beside the requests: threads, clock, health, figures, filters. */
@NullMarked
package dev.fastdeploy.shop.operations;

import org.jspecify.annotations.NullMarked;
