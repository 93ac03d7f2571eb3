package dev.fastdeploy.agent.runtime;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap's record of the service's listeners.
 *
 * @param hooks the record, with the way to the native library; null if there is none
 * @param missingBecause why there is none although the launcher holds connections; null if it does
 *     not
 */
record RecordedListeners(
    @Nullable BiFunction<String, Object[], @Nullable Object> hooks,
    @Nullable String missingBecause) {}
