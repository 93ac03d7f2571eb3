/** The restart by Spring Boot's DevTools, in the variant that has them on its class path. */
@NullMarked
package dev.fastdeploy.shop.devtools;

import org.jspecify.annotations.NullMarked;
