package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.ServerStatus.SlotLife;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  @Test
  void aServerAndItsWorkers() {
    assertThat(
            String.join(
                "\n",
                StatusText.of(
                    Snapshots.of(
                        Snapshots.worker(
                            0,
                            SlotLife.READY,
                            Snapshots.request("GET /", 1),
                            Snapshots.request("GET /slow", 40)),
                        Snapshots.worker(1, SlotLife.DRAINING)))))
        .isEqualTo(
            """
            shop: running, supervisor pid 4242, up 3h2m
            1 of 8 workers accept, 2 requests in progress (at least 4, at most 32 workers)
            127.0.0.1:80: 3 of at most 16 connections queued
            98.8k requests served on 98.8k connections, 30 errors; 50.0 MiB in, 70.0 MiB out; \
            9 workers spawned, 1 died

            SLOT  GEN   PID  LIFE        AGE  REQUESTS  ERRORS    MEMORY  SERVING
               0    2  4711  ready     3m20s     12.3k       3  41.0 MiB  \
            GET /slow for 10.0.0.1:4000 since 40.0s, past its deadline and 1 more
               1    2  4712  draining  3m20s     12.3k       3  41.0 MiB\
            """);
  }

  @Test
  void whatAClientHasChosenWorksNoTerminal() {
    List<String> lines =
        StatusText.of(
            Snapshots.of(
                Snapshots.worker(0, SlotLife.READY, Snapshots.request("GET /\u001b[2J\n", 1))));
    assertThat(lines.getLast()).contains("GET /\ufffd[2J\ufffd for");
    assertThat(lines).noneMatch(line -> line.contains("\u001b") || line.contains("\n"));
  }

  @Test
  void whatAKilledSupervisorLeftSaysWhoStillLives() {
    List<String> lines =
        StatusText.leftBehind(Snapshots.of(Snapshots.worker(0, SlotLife.READY)), _ -> "[gone]");
    assertThat(lines.getFirst())
        .isEqualTo(
            "shop: the scoreboard of supervisor pid 4242, started 2026-01-02T03:04:05.006Z,"
                + " 8 workers wanted");
    assertThat(lines.getLast()).endsWith("41.0 MiB           [gone]");
  }
}
