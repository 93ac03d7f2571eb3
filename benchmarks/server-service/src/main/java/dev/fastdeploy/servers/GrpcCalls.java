package dev.fastdeploy.servers;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The calls of the service {@code servers.Parts}; each message is a text. {@code Ask} answers the
 * commit. {@code Download} takes what {@link Parts} takes as a path, and answers a message for each
 * part. {@code Upload} answers when the last message has come. {@code Echo} answers each message by
 * itself.
 */
final class GrpcCalls {

  private static final String SERVICE = "servers.Parts";

  /** Sends the parts when they are due. */
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "parts");
            thread.setDaemon(true);
            return thread;
          });

  private GrpcCalls() {}

  static ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(
            method("Ask", MethodType.UNARY),
            ServerCalls.asyncUnaryCall(
                (question, answers) -> {
                  answers.onNext(Revision.commit());
                  answers.onCompleted();
                }))
        .addMethod(
            method("Download", MethodType.SERVER_STREAMING),
            ServerCalls.asyncServerStreamingCall(GrpcCalls::download))
        .addMethod(
            method("Upload", MethodType.CLIENT_STREAMING),
            ServerCalls.asyncClientStreamingCall(answers -> new Messages(answers, false)))
        .addMethod(
            method("Echo", MethodType.BIDI_STREAMING),
            ServerCalls.asyncBidiStreamingCall(answers -> new Messages(answers, true)))
        .build();
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  private static void download(String path, StreamObserver<String> answers) {
    next(Parts.of(path).orElseThrow(), (ServerCallStreamObserver<String>) answers, 1);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static void next(Parts parts, ServerCallStreamObserver<String> answers, int part) {
    CLOCK.schedule(
        () -> {
          if (answers.isCancelled()) {
            return;
          }
          answers.onNext("part");
          if (part == parts.count()) {
            answers.onCompleted();
          } else {
            next(parts, answers, part + 1);
          }
        },
        parts.pauseMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Answers what comes, one by one or in the end. */
  private record Messages(StreamObserver<String> answers, boolean echoes)
      implements StreamObserver<String> {

    @Override
    public void onNext(String message) {
      if (echoes) {
        answers.onNext(message);
      }
    }

    @Override
    public void onError(Throwable cancelled) {
      // The client is gone, and with it whoever would be told.
    }

    @Override
    public void onCompleted() {
      if (!echoes) {
        answers.onNext("taken");
      }
      answers.onCompleted();
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
