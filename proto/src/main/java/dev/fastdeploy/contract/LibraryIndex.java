package dev.fastdeploy.contract;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Tells which libraries of a payload hold a class or a resource, so that a loader opens only those
 * that it needs: each that is open costs somebody else's process a descriptor and memory for its
 * table of contents. Immutable.
 *
 * <p>It is a text with a line for each directory of the libraries, and for each file below {@code
 * META-INF/services}, since many libraries have that directory: the name, and the places of the
 * libraries in the payload's index, from 0, all separated by blanks.
 */
final class LibraryIndex {

  private static final String SERVICES = "META-INF/services/";
  private static final String ROOT = "/";
  private static final int[] NONE = {};

  private final Map<String, int[]> places;

  private LibraryIndex(Map<String, int[]> places) {
    this.places = places;
  }

  /**
   * Reads an index.
   *
   * @throws NumberFormatException if it is damaged
   */
  static LibraryIndex parse(byte[] text) {
    Map<String, int[]> places = new HashMap<>(2048);
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      StringTokenizer words = new StringTokenizer(line, " ");
      String name = words.nextToken();
      int[] holders = new int[words.countTokens()];
      for (int i = 0; i < holders.length; i++) {
        holders[i] = Integer.parseInt(words.nextToken());
      }
      places.put(name, holders);
    }
    return new LibraryIndex(places);
  }

  /**
   * Returns the places of the libraries that may hold a resource, ascending; empty if none does.
   *
   * @param name as {@link ClassLoader#getResource} takes it
   */
  int[] holding(String name) {
    int end = name.lastIndexOf('/');
    String key = name.startsWith(SERVICES) ? name : end < 0 ? ROOT : name.substring(0, end);
    return places.getOrDefault(key, NONE);
  }
}
