package dev.fastdeploy.agent.reload.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The launcher's offer to hold the service's listeners until the next process has them.
 *
 * @param socket where it takes them
 * @param patience the time that the connections have to end, for clients wait meanwhile
 */
public record HoldOffer(Path socket, Duration patience) {}
