package dev.fastdeploy.demo.service;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Answers the one request of one connection. */
final class Connection implements Runnable {

  /** Longer than the retransmission of a lost packet takes, shorter than any drain. */
  private static final int READ_TIMEOUT_MILLIS = 5_000;

  /** Time for the client to close first; see {@link #linger}. */
  private static final int LINGER_MILLIS = 1_000;

  private final SocketChannel channel;
  private final Handler handler;
  private final Account account;

  Connection(SocketChannel channel, Handler handler, Account account) {
    this.channel = channel;
    this.handler = handler;
    this.account = account;
  }

  @Override
  public void run() {
    try (Socket socket = channel.socket()) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      InputStream input = new BufferedInputStream(socket.getInputStream());
      Request request = read(input, socket.getOutputStream());
      if (request != null) {
        account.read(request);
        socket.getOutputStream().write(answer(request).bytes(!request.method().equals("HEAD")));
        account.answered(request);
      }
      linger(socket, input);
    } catch (IOException clientGone) {
      // The account has it, if a request had been read.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Request read(InputStream input, OutputStream output) throws IOException {
    try {
      return Request.read(input);
    } catch (SocketTimeoutException silent) {
      account.abandoned();
      throw silent;
    } catch (IOException malformed) {
      output.write(
          Response.text(400, "Bad Request", String.valueOf(malformed.getMessage())).bytes(true));
      return null;
    }
  }

  private Response answer(Request request) throws InterruptedException {
    return request.method().equals("GET") || request.method().equals("HEAD")
        ? handler.answer(request)
        : Response.text(405, "Method Not Allowed", "only GET and HEAD are understood");
  }

  /**
   * Lets the client close first. Closing a socket that has unread bytes resets the connection, and
   * a reset may overtake the answer.
   */
  private static void linger(Socket socket, InputStream input) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    long deadline = System.nanoTime() + LINGER_MILLIS * 1_000_000L;
    byte[] unread = new byte[1024];
    while (System.nanoTime() < deadline && input.read(unread) >= 0) {
      // Whatever a client still sends is of no use.
    }
  }
}
