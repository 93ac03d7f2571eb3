package dev.fastdeploy.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The service on gRPC with its own Netty, as most services have it: {@code GrpcService --port PORT
 * [--grpc PORT]}. The first port is the JDK's HTTP server, for health checks; the second has the
 * {@link GrpcCalls}. It ends as in gRPC's examples: no new calls, those under way have half a
 * minute.
 */
public final class GrpcService {

  private static final int HTTP_THREADS = 4;
  private static final int STOP_SECONDS = 30;

  private GrpcService() {}

  /** Starts it; its threads keep the JVM alive. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress address = Place.of(arguments);
    if (arguments.length == 4 && arguments[2].equals("--grpc")) {
      startCalls(new InetSocketAddress(address.getAddress(), Integer.parseInt(arguments[3])));
    }
    HttpServer http = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newFixedThreadPool(HTTP_THREADS);
    http.setExecutor(threads);
    http.createContext("/", GrpcService::answer);
    http.start();
    Place.told("grpc", address);
  }

  private static void startCalls(InetSocketAddress address) throws IOException {
    Server server = NettyServerBuilder.forAddress(address).addService(GrpcCalls.service()).build();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "grpc-stop"));
  }

  private static void stop(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    Answer answer = Answer.to(exchange.getRequestURI().getPath());
    byte[] body = answer.bytes();
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", Answer.TYPE);
    exchange.getResponseHeaders().set(Answer.PROCESS, Answer.PID);
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
