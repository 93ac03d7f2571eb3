package dev.fastdeploy.launcher.supervisor.health;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection: one request and its answer, as the bytes come and go. Never blocks. */
final class HealthConnection implements Closeable {

  /** A probe sends some 200 bytes, Prometheus some 400. */
  private static final int LONGEST_REQUEST = 4096;

  private final SocketChannel channel;
  private final HealthPages pages;
  private final long deadline;
  private final StringBuilder request = new StringBuilder();
  private ByteBuffer answer = ByteBuffer.allocate(0);
  private boolean answering;

  /**
   * @param deadline the end of its time, nanoseconds
   */
  HealthConnection(SocketChannel channel, HealthPages pages, long deadline) {
    this.channel = channel;
    this.pages = pages;
    this.deadline = deadline;
  }

  /** Returns true if its time is up. */
  boolean isOverdue(long now) {
    return now - deadline >= 0;
  }

  /** Returns true if it has an answer to send, and reads no more. */
  boolean isAnswering() {
    return answering;
  }

  /**
   * Goes on as far as is possible now.
   *
   * @param buffer to read with; its contents are lost
   * @return true if it is over
   */
  boolean goOn(ByteBuffer buffer) throws IOException {
    if (!answering && !read(buffer)) {
      return true;
    }
    if (answering) {
      channel.write(answer);
      return !answer.hasRemaining();
    }
    return false;
  }

  private boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      return false;
    }
    buffer.flip();
    request.append(StandardCharsets.ISO_8859_1.decode(buffer));
    if (request.indexOf("\r\n\r\n") >= 0 || request.indexOf("\n\n") >= 0) {
      answerWith(made());
    } else if (request.length() > LONGEST_REQUEST) {
      answerWith(pages.malformed());
    }
    return true;
  }

  private byte[] made() {
    try {
      return pages.answer(request.substring(0, request.indexOf("\n")).stripTrailing());
    } catch (RuntimeException failure) {
      return HealthPages.broken();
    }
  }

  private void answerWith(byte[] bytes) {
    answer = ByteBuffer.wrap(bytes);
    answering = true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException gone) {
      // It was to be closed.
    }
  }
}
