package dev.prefork.admin;

import dev.prefork.testing.Await;
import dev.prefork.testing.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real browser without a window, told what to do by its DevTools protocol. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
  private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");
  private static final Pattern VALUE = Pattern.compile("\"value\":\"?([^\",}]*)");
  private static final Pattern SOCKET =
      Pattern.compile(
          "\"type\": \"page\".*?\"webSocketDebuggerUrl\": \"([^\"]+)\"", Pattern.DOTALL);

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;
  private int lastId;

  private Chromium(Process process, Path profile) {
    this.process = process;
    Path portFile = profile.resolve("DevToolsActivePort");
    Await.until("chromium to listen", () -> Processes.exists(process.pid()) && isWritten(portFile));
    try {
      String port = Files.readAllLines(portFile).getFirst();
      URI pages = URI.create("http://127.0.0.1:" + port + "/json");
      String list =
          http.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString()).body();
      Matcher page = SOCKET.matcher(list);
      if (!page.find()) {
        throw new AssertionError("chromium shows no page: " + list);
      }
      socket = http.newWebSocketBuilder().buildAsync(URI.create(page.group(1)), this).join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
    var _ = call("Runtime.enable", "{}");
    var _ = call("Log.enable", "{}");
  }

  private static boolean isWritten(Path portFile) {
    try {
      return Files.exists(portFile) && Files.readAllLines(portFile).size() > 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isInstalled() {
    return Processes.succeeds("chromium", "--version");
  }

  /** Starts it with a profile of its own. */
  static Chromium start(Path profile) {
    List<String> command =
        List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile,
            "--remote-debugging-port=0",
            "about:blank");
    try {
      Path log = profile.resolve("log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      return new Chromium(builder.redirectOutput(log.toFile()).start(), profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void open(String url) {
    var _ = call("Page.navigate", "{\"url\":\"" + url + "\"}");
  }

  void resize(int width, int height) {
    String size = "\"width\":" + width + ",\"height\":" + height;
    var _ =
        call(
            "Emulation.setDeviceMetricsOverride",
            "{" + size + ",\"deviceScaleFactor\":1,\"mobile\":true}");
  }

  /** The value of an expression: a number, or a text without quotes. */
  String evaluate(String expression) {
    String escaped = expression.replace("\\", "\\\\").replace("\"", "\\\"");
    String answer =
        call("Runtime.evaluate", "{\"returnByValue\":true,\"expression\":\"" + escaped + "\"}");
    Matcher value = VALUE.matcher(answer);
    return value.find() ? value.group(1) : "";
  }

  /** What the console has told so far: exceptions, and what could not be loaded. */
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  private String call(String method, String parameters) {
    int id = ++lastId;
    CompletableFuture<String> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String text = "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    socket.sendText(text, true).join();
    return answer.orTimeout(Await.BOUND.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      received(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void received(String text) {
    Matcher id = ID.matcher(text);
    if (id.find()) {
      CompletableFuture<String> waiting = answers.remove(Integer.parseInt(id.group(1)));
      if (waiting != null) {
        waiting.complete(text);
      }
    } else if (text.contains("Runtime.exceptionThrown") || text.contains("Log.entryAdded")) {
      synchronized (this) {
        complaints.add(text);
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    process.destroy();
    // Until the last has ended, one of them may still write into the profile.
    Await.until("chromium to end", () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }
}
