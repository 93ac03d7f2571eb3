package dev.fastdeploy.agent.control;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a TLS endpoint, PEM. They are read again when they change.
 *
 * @param certificate the endpoint's chain
 * @param key its private key
 * @param authority who signs the clients' certificates; without it clients show none
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path authority) {}
