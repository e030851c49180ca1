package dev.prefork.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.PreforkWorker;
import dev.prefork.testing.RememberingWorker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class PreforkAutoConfigurationTest {
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final RememberingWorker worker = new RememberingWorker();

  /** An application that has still something to do when it listens. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Shop {
    @GetMapping("/cart")
    String cart() {
      return "empty";
    }

    @Bean
    ApplicationRunner warmUp() {
      return arguments ->
          PreforkWorker.current().ifPresent(worker -> worker.begin(LOCAL, "warm up"));
    }
  }

  private static ConfigurableApplicationContext start() {
    SpringApplication application =
        new SpringApplicationBuilder(Shop.class).logStartupInfo(false).build();
    return application.run("--server.port=0", "--server.address=127.0.0.1");
  }

  private static String ask(ConfigurableApplicationContext context) throws Exception {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    URI cart = URI.create("http://127.0.0.1:" + port + "/cart?secret=1");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(cart).build(), BodyHandlers.ofString()).body();
    }
  }

  @AfterEach
  void noLongerAWorker() {
    System.getProperties().remove(PreforkWorker.PROPERTY);
  }

  @Test
  void aWorkerIsReadyAfterItsRunnersAndTellsWhatItServes() throws Exception {
    System.getProperties().put(PreforkWorker.PROPERTY, worker);
    try (ConfigurableApplicationContext context = start()) {
      assertThat(worker.next()).isEqualTo("held");
      assertThat(worker.next()).isEqualTo("begin 127.0.0.1 warm up");
      assertThat(worker.next()).isEqualTo("ready");
      assertThat(ask(context)).isEqualTo("empty");
      assertThat(worker.next()).isEqualTo("begin 127.0.0.1 GET /cart");
      assertThat(worker.next()).startsWith("end 200 0 ");
    }
  }

  @Test
  void elsewhereThereIsNothingOfIt() throws Exception {
    try (ConfigurableApplicationContext context = start()) {
      assertThat(context.getBeanNamesForType(PreforkAutoConfiguration.class)).isEmpty();
      assertThat(ask(context)).isEqualTo("empty");
    }
  }
}
