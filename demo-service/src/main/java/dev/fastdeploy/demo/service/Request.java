package dev.fastdeploy.demo.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that the service looks at.
 *
 * @param method such as GET
 * @param path without the query
 * @param query what follows the question mark; empty without one
 */
record Request(String method, String path, String query) {

  private static final int LONGEST_HEAD = 8 * 1024;

  /**
   * Reads a request's head.
   *
   * @return null if the connection ended before the first byte: no request was begun
   * @throws IOException if the head ends early, is too long or is not HTTP
   */
  static @Nullable Request read(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(256);
    int endSeen = 0;
    while (endSeen < 4) {
      int next = input.read();
      if (next < 0) {
        if (head.size() == 0) {
          return null;
        }
        throw new IOException("the request ends within its head");
      }
      if (head.size() == LONGEST_HEAD) {
        throw new IOException("the request's head is longer than " + LONGEST_HEAD + " bytes");
      }
      head.write(next);
      if (next == (endSeen % 2 == 0 ? '\r' : '\n')) {
        endSeen++;
      } else {
        endSeen = next == '\r' ? 1 : 0;
      }
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    return parse(text.substring(0, text.indexOf('\r')));
  }

  private static Request parse(String line) throws IOException {
    String[] words = line.split(" ", -1);
    if (words.length != 3 || !words[1].startsWith("/") || !words[2].startsWith("HTTP/1.")) {
      throw new IOException("the request is not HTTP/1.1");
    }
    int question = words[1].indexOf('?');
    return question < 0
        ? new Request(words[0], words[1], "")
        : new Request(words[0], words[1].substring(0, question), words[1].substring(question + 1));
  }

  /**
   * Returns the number in a parameter of the query.
   *
   * @return the default without the parameter, -1 if it is not a whole number from 0 to {@code
   *     most}
   */
  long number(String name, long most, long defaultValue) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        try {
          long value = Long.parseLong(pair.substring(name.length() + 1));
          return value < 0 || value > most ? -1 : value;
        } catch (NumberFormatException notANumber) {
          return -1;
        }
      }
    }
    return defaultValue;
  }
}
