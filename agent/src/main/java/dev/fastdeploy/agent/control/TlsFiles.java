package dev.fastdeploy.agent.control;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a TLS endpoint. They are read again when they change.
 *
 * @param certificate the endpoint's chain
 * @param key its private key
 * @param authority the signers of the clients' certificates; null if clients send none
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path authority) {}
