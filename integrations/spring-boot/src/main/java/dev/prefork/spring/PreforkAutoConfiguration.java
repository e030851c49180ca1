package dev.prefork.spring;

import dev.prefork.PreforkWorker;
import dev.prefork.jetty.PreforkHandler;
import dev.prefork.tomcat.PreforkValve;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Tells Prefork of each request that Tomcat or Jetty serves, and when the application is ready. In
 * a process that is no worker of Prefork there is nothing of it.
 */
@AutoConfiguration
@Conditional(OnWorker.class)
public final class PreforkAutoConfiguration {
  @Bean
  static ReadyWhenAccepting preforkReadyWhenAccepting() {
    return new ReadyWhenAccepting(PreforkWorker.current().orElseThrow().holdReady());
  }

  /** For Tomcat. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConfigurableTomcatWebServerFactory.class)
  static final class OnTomcat {
    @Bean
    static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> preforkValve() {
      return factory -> factory.addEngineValves(new PreforkValve());
    }
  }

  /** For Jetty. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConfigurableJettyWebServerFactory.class)
  static final class OnJetty {
    @Bean
    static WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> preforkHandler() {
      return factory ->
          factory.addServerCustomizers(server -> server.insertHandler(new PreforkHandler()));
    }
  }
}
