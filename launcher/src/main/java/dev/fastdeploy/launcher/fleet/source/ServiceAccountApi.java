package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The way to the cluster from a pod, by its service account. The kubelet renews its token and
 * authority, so both are read at each question.
 */
final class ServiceAccountApi implements KubernetesApi {

  static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final String server;
  private final Path account;
  private @Nullable Connection connection;

  /** A client that trusts one authority. */
  private record Connection(Authority authority, HttpClient client) {}

  /**
   * Creates the way to an API server.
   *
   * @param server its host and port
   * @param account the directory with {@code token} and {@code ca.crt}
   */
  ServiceAccountApi(String server, Path account) {
    this.server = server;
    this.account = account;
  }

  /** Returns whether a directory is a service account's. */
  static boolean isAt(Path account) {
    return Files.isReadable(account.resolve("token"));
  }

  @Override
  public String get(String path, AnswerDeadline deadline) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://" + server + path))
            .header("Authorization", "Bearer " + Files.readString(file("token")).strip())
            .header("Accept", "application/json")
            .build();
    HttpResponse<String> response = answer(client(), request, deadline);
    return switch (response.statusCode()) {
      case OK -> response.body();
      case GONE -> throw new ExpiredException();
      case UNAUTHORIZED ->
          throw new IOException(
              "the API server refused the token '" + account.resolve("token") + "' (401)");
      case FORBIDDEN ->
          throw new WithheldException(
              "the API server refused the service account (403); allow it to list endpointslices"
                  + " of discovery.k8s.io: "
                  + EndpointSlices.message(response.body()));
      case NOT_FOUND ->
          throw new WithheldException(
              "the API server has no such resource (404): "
                  + EndpointSlices.message(response.body()));
      default ->
          throw new IOException(
              "the API server answered "
                  + response.statusCode()
                  + ": "
                  + EndpointSlices.message(response.body()));
    };
  }

  private HttpResponse<String> answer(
      HttpClient client, HttpRequest request, AnswerDeadline deadline)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw new IOException(
          "the API server at '"
              + server
              + "' cannot be asked: "
              + Diagnostics.reason(failure.getCause() == null ? failure : failure.getCause()),
          failure);
    } catch (TimeoutException late) {
      throw new IOException("the API server at '" + server + "' did not answer in time", late);
    } finally {
      answer.cancel(true);
    }
  }

  private HttpClient client() throws IOException {
    Path file = file("ca.crt");
    Authority authority = Authority.read(file);
    Connection now = connection;
    if (now == null || !now.authority().equals(authority)) {
      now = new Connection(authority, client(authority.context(file)));
      connection = now;
    }
    return now.client();
  }

  private static HttpClient client(SSLContext context) {
    return HttpClient.newBuilder()
        .sslContext(context)
        .version(HttpClient.Version.HTTP_1_1)
        .proxy(HttpClient.Builder.NO_PROXY)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private Path file(String name) throws IOException {
    Path file = account.resolve(name);
    if (!Files.isReadable(file)) {
      throw new IOException("the service account's '" + file + "' cannot be read; mount it");
    }
    return file;
  }
}
