package dev.prefork.programs.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers every request with its process id; a path {@code /NUMBER} so many milliseconds later,
 * {@code /loop} never.
 */
@SpringBootApplication
@RestController
public class SpringBootProgram {
  /** Starts as every application of Spring Boot does. */
  public static void main(String[] args) {
    var _ = SpringApplication.run(SpringBootProgram.class, args);
  }

  @GetMapping("/")
  String now() {
    return Long.toString(ProcessHandle.current().pid());
  }

  @GetMapping("/loop")
  String never() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  @GetMapping("/{delayMs:\\d+}")
  String later(@PathVariable("delayMs") long delayMs) throws InterruptedException {
    Thread.sleep(delayMs);
    return now();
  }
}
