package dev.fastdeploy.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The program. Listens on {@code --server.port}, on the loopback address. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShopApplication {

  /** Starts the shop. */
  public static void main(String[] arguments) {
    SpringApplication.run(ShopApplication.class, arguments);
  }
}
