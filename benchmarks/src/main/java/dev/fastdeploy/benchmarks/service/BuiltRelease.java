package dev.fastdeploy.benchmarks.service;

import dev.fastdeploy.contract.Commit;
import java.nio.file.Path;

/**
 * A release of a service that was built.
 *
 * @param service of which service
 * @param change how it differs from its neighbour
 * @param commit what it says that it is
 * @param directory where it lies
 */
public record BuiltRelease(ServiceKind service, Change change, Commit commit, Path directory) {}
