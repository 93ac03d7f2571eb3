package dev.fastdeploy.demo.service;

import java.nio.charset.StandardCharsets;

/**
 * A response.
 *
 * @param status the HTTP status
 * @param reason the status in words
 * @param header one more line of the head, without its end; empty for none
 * @param body the text to send
 */
record Response(int status, String reason, String header, String body) {

  static Response text(int status, String reason, String body) {
    return new Response(status, reason, "", body + "\n");
  }

  /** Returns a copy with one more header. */
  Response with(String name, String value) {
    return new Response(status, reason, name + ": " + value, body);
  }

  /** Returns the bytes on the wire. The connection ends after each response, and says so. */
  byte[] bytes(boolean withBody) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("HTTP/1.1 "
                + status
                + " "
                + reason
                + "\r\nContent-Type: text/plain; charset=utf-8"
                + (header.isEmpty() ? "" : "\r\n" + header)
                + "\r\nContent-Length: "
                + content.length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    if (!withBody) {
      return head;
    }
    byte[] all = new byte[head.length + content.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return all;
  }
}
