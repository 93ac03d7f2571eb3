package dev.fastdeploy.servers;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * The service on an embedded Tomcat: {@code TomcatService --port PORT}. With {@code --tls PORT
 * KEYS} it also speaks TLS, HTTP/2 on both ports, and WebSocket.
 */
public final class TomcatService {

  private TomcatService() {}

  /** Starts it. */
  public static void main(String[] arguments) throws IOException, LifecycleException {
    InetSocketAddress address = Place.of(arguments);
    Path folder = Files.createTempDirectory("tomcat-service-");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(address.getPort());
    tomcat.getConnector().setProperty("address", address.getAddress().getHostAddress());
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "answers", new Answers());
    context.addServletMapping("/*", "answers");
    Secure.of(arguments).ifPresent(secure -> addProtocols(tomcat, context, address, secure));
    tomcat.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat, folder), "tomcat-stop"));
    Place.told("tomcat", address);
    tomcat.getServer().await();
  }

  private static void addProtocols(
      Tomcat tomcat, Context context, InetSocketAddress address, Secure secure) {
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    Connector encrypted = new Connector();
    encrypted.setPort(secure.port());
    encrypted.setScheme("https");
    encrypted.setSecure(true);
    encrypted.setProperty("address", address.getAddress().getHostAddress());
    encrypted.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate keys =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    keys.setCertificateKeystoreFile(secure.keys());
    keys.setCertificateKeystorePassword(Secure.PASSWORD);
    host.addCertificate(keys);
    encrypted.addSslHostConfig(host);
    encrypted.addUpgradeProtocol(new Http2Protocol());
    tomcat.getService().addConnector(encrypted);
    context.addServletContainerInitializer(new WsSci(), Set.of(TomcatEcho.class));
  }

  private static void stop(Tomcat tomcat, Path folder) {
    try {
      tomcat.stop();
      tomcat.destroy();
      delete(folder);
    } catch (LifecycleException | IOException failure) {
      System.err.println("tomcat: " + failure);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  private static final class Answers extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Optional<Parts> parts = Parts.of(request.getRequestURI());
      if (parts.isPresent()) {
        parts.get().writeTo(response.getOutputStream());
        return;
      }
      answer(Answer.to(request.getRequestURI()), response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().transferTo(OutputStream.nullOutputStream());
      answer(Answer.to(request.getRequestURI()), response);
    }

    private static void answer(Answer answer, HttpServletResponse response) throws IOException {
      byte[] body = answer.bytes();
      response.setStatus(answer.status());
      response.setContentType(Answer.TYPE);
      response.setContentLength(body.length);
      response.setHeader(Answer.PROCESS, Answer.PID);
      response.getOutputStream().write(body);
    }
  }
}
