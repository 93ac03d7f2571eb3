package dev.fastdeploy.servers;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** The service on an embedded Tomcat: {@code TomcatService --port PORT}. */
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
    tomcat.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat, folder), "tomcat-stop"));
    Place.told("tomcat", address);
    tomcat.getServer().await();
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
      Answer answer = Answer.to(request.getRequestURI());
      byte[] body = answer.bytes();
      response.setStatus(answer.status());
      response.setContentType(Answer.TYPE);
      response.setContentLength(body.length);
      response.setHeader(Answer.PROCESS, Answer.PID);
      response.getOutputStream().write(body);
    }
  }
}
