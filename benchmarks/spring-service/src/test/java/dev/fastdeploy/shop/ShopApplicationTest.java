package dev.fastdeploy.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ShopApplicationTest {

  private static ConfigurableApplicationContext shop;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    // DevTools lie on the tests' class path, and would start the shop anew on another thread.
    System.setProperty("spring.devtools.restart.enabled", "false");
    shop = SpringApplication.run(ShopApplication.class, "--server.port=0", "--shop.copies=2");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void consistsOfDozensOfItsOwnBeans() {
    assertThat(shop.getBeanDefinitionNames())
        .filteredOn(name -> bean(name).getClass().getName().startsWith("dev.fastdeploy.shop"))
        .hasSizeGreaterThan(36);
  }

  @Test
  void eachAnswerTellsItsCommitAndItsProcess() throws Exception {
    HttpResponse<String> answer = get("/version");

    assertThat(answer.body()).isEqualTo(Revision.commit() + "\n");
    assertThat(answer.headers().firstValue("Service-Process"))
        .contains(Long.toString(ProcessHandle.current().pid()));
    assertThat(get("/actuator/info").body()).contains(Revision.commit());
  }

  @Test
  void aVisitBuysABookAndRecommendsAnother() throws Exception {
    HttpResponse<String> answer = get("/work");

    assertThat(answer.body())
        .startsWith(Revision.commit() + "\n")
        .matches("(?s).*\norder \\d+ for customer \\d+, then On .*\n");
    assertThat(get("/orders").body()).contains("cents");
  }

  @Test
  void whatIsSoldOutIsNotSold() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri("/orders?book=7&customer=1&copies=100000"))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("order fewer");
  }

  @Test
  void isHealthyOnceItListens() throws Exception {
    assertThat(get("/actuator/health").body()).contains("UP");
  }

  private static Object bean(String name) {
    return shop.getBean(name);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path);
  }
}
