package dev.fastdeploy.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A library of the payload, as listed in its index.
 *
 * @param sha256 in lower-case hex
 * @param size in bytes
 */
record Packed(String sha256, long size, String name) {

  /** Returns true if the digest of a whole file shows that it is this library. */
  boolean matches(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).equals(sha256);
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
