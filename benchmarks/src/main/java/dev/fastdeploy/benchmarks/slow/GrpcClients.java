package dev.fastdeploy.benchmarks.slow;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What clients of gRPC do, each on a channel of its own, with the library's settings: it connects
 * again by itself, and sends a call again only if the server is sure not to have taken it.
 */
final class GrpcClients {

  private static final int MESSAGES = 30;
  private static final int PART_MILLIS = 100;
  private static final int PAUSE_MILLIS = 50;
  private static final int ECHO_MILLIS = 200;

  private GrpcClients() {}

  static Course.Client download(String path) {
    return (course, use) -> on(course, channel -> course.noted(() -> channel.download(path)));
  }

  static void inUse(Course course, long use) throws IOException, InterruptedException {
    on(
        course,
        channel -> {
          while (!course.isOver()) {
            course.noted(channel::ask);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          }
        });
  }

  static void lateAfterOne(Course course, long use) throws IOException, InterruptedException {
    on(
        course,
        channel -> {
          course.noted(channel::ask);
          course.noted(() -> channel.download("/parts/1/5000"));
        });
  }

  static void upload(Course course, long use) throws IOException, InterruptedException {
    on(course, channel -> course.noted(channel::upload));
  }

  static void chat(Course course, long use) throws IOException, InterruptedException {
    on(course, channel -> course.noted(channel::chat));
  }

  static void idle(Course course, long use) throws IOException, InterruptedException {
    on(
        course,
        channel -> {
          channel.ask();
          Course.awaitTime(use);
          course.noted(channel::ask);
        });
  }

  private static void on(Course course, Use use) throws IOException, InterruptedException {
    try (Channel channel = new Channel(course.site())) {
      use.run(channel);
    }
  }

  /** What a client does with its channel. */
  private interface Use {
    void run(Channel channel) throws IOException, InterruptedException;
  }

  /** The connection of one client. */
  private static final class Channel implements AutoCloseable {

    private final ManagedChannel channel;

    Channel(Site site) {
      channel =
          NettyChannelBuilder.forAddress(
                  InetAddress.getLoopbackAddress().getHostAddress(), site.secondPort())
              .withOption(ChannelOption.TCP_NODELAY, true)
              .usePlaintext()
              .build();
    }

    Ending ask() throws IOException, InterruptedException {
      return call("Ask", MethodType.UNARY).send("?").end().allAnswered();
    }

    Ending download(String path) throws IOException, InterruptedException {
      return call("Download", MethodType.SERVER_STREAMING).send(path).end().allAnswered();
    }

    Ending upload() throws IOException, InterruptedException {
      Call call = call("Upload", MethodType.CLIENT_STREAMING);
      for (int message = 0; message < MESSAGES; message++) {
        call.send("part");
        TimeUnit.MILLISECONDS.sleep(PART_MILLIS);
      }
      return call.end().allAnswered();
    }

    Ending chat() throws IOException, InterruptedException {
      Call call = call("Echo", MethodType.BIDI_STREAMING);
      while (call.send("message").isAnswered()) {
        TimeUnit.MILLISECONDS.sleep(ECHO_MILLIS);
      }
      return Ending.ANSWERED;
    }

    private Call call(String name, MethodType type) {
      return new Call(
          channel.newCall(
              MethodDescriptor.<String, String>newBuilder()
                  .setType(type)
                  .setFullMethodName(MethodDescriptor.generateFullMethodName("servers.Parts", name))
                  .setRequestMarshaller(new Text())
                  .setResponseMarshaller(new Text())
                  .build(),
              CallOptions.DEFAULT));
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }

  /** One call; used by one thread. */
  private static final class Call {

    private final ClientCall<String, String> call;

    /** The messages that came, and behind them how the call ended. */
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    Call(ClientCall<String, String> call) {
      this.call = call;
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onMessage(String message) {
              seen.add(message);
              call.request(1);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
              seen.add(status);
            }
          },
          new Metadata());
      call.request(1);
    }

    Call send(String message) {
      call.sendMessage(message);
      return this;
    }

    Call end() {
      call.halfClose();
      return this;
    }

    /** Waits for a message, and returns false if the call ended well instead. */
    boolean isAnswered() throws IOException, InterruptedException {
      Object next = seen.poll(Connection.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new SocketTimeoutException("no message in " + Connection.PATIENCE_MILLIS + " ms");
      }
      if (next instanceof Status status) {
        if (!status.isOk()) {
          throw failure(status);
        }
        return false;
      }
      return true;
    }

    Ending allAnswered() throws IOException, InterruptedException {
      boolean more = true;
      while (more) {
        more = isAnswered();
      }
      return Ending.ANSWERED;
    }

    /** gRPC says by texts alone whether a connection ended, as announced or not, or was reset. */
    private static IOException failure(Status status) {
      @Nullable Throwable cause = status.getCause();
      String text = status.getCode() + ": " + status.getDescription();
      String all = cause == null ? text : text + " (" + cause.getMessage() + ")";
      return text.contains("Network closed") || text.contains("closed after GOAWAY")
          ? new EOFException(all)
          : new IOException(all);
    }
  }

  /** A message is its UTF-8. */
  private static final class Text implements MethodDescriptor.Marshaller<String> {

    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
