package dev.fastdeploy.demo.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection to a server under test. */
final class HttpClientSocket implements AutoCloseable {

  private final Socket socket = new Socket();

  HttpClientSocket(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    socket.setSoTimeout(20_000);
  }

  static String get(int port, String path) throws IOException {
    try (HttpClientSocket client = new HttpClientSocket(port)) {
      return client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").response();
    }
  }

  HttpClientSocket send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  String response() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
