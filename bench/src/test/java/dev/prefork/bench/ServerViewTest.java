package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.bench.ServerView.Slot;
import dev.prefork.json.JsonException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerViewTest {
  /** Of a server whose slots are about these, with pids 1, 2, 3 and so on. */
  static ServerView view(int wanted, int spares, int busy, SlotLife... lives) {
    List<Slot> slots =
        Stream.iterate(0, i -> i < lives.length, i -> i + 1)
            .map(i -> new Slot(lives[i] == SlotLife.BACKOFF ? 0 : i + 1, lives[i]))
            .toList();
    return new ServerView(wanted, spares, busy, lives.length, slots);
  }

  @Test
  void theAnswerOfTheControlSocketIsRead() throws JsonException {
    String answer =
        """
        {"version":1,"type":"result","exit":0,"text":"x","snapshot":{"pid":7,"busy":1,
         "pool":{"wanted":2,"min":2,"max":16,"spares":1},"spawned":5,"deaths":2,
         "workers":[{"slot":0,"pid":11,"life":"ready"},{"slot":1,"pid":0,"life":"backoff"},
                    {"slot":2,"pid":13,"life":"spare"}]}}
        """;
    assertThat(ServerView.parse(answer))
        .isEqualTo(
            new ServerView(
                2,
                1,
                1,
                5,
                List.of(
                    new Slot(11, SlotLife.READY),
                    new Slot(0, SlotLife.BACKOFF),
                    new Slot(13, SlotLife.SPARE))));
  }

  @Test
  void anAnswerWithoutASnapshotIsRefused() {
    assertThatThrownBy(() -> ServerView.parse("{\"type\":\"error\"}"))
        .isInstanceOf(JsonException.class)
        .hasMessage("snapshot must be an object");
  }

  @Test
  void workersAreCountedByWhatTheyAreAbout() {
    ServerView view =
        view(3, 1, 0, SlotLife.READY, SlotLife.BACKOFF, SlotLife.READY, SlotLife.SPARE);
    assertThat(view.pids(SlotLife.READY)).containsExactly(1L, 3L);
    assertThat(view.accepting()).isEqualTo(2);
    assertThat(view.live()).isEqualTo(3);
  }

  @Test
  void itIsSettledWhenAllWantedAndAllSparesAreThereAndNobodyElse() {
    assertThat(view(1, 1, 0, SlotLife.READY, SlotLife.SPARE).isSettled()).isTrue();
    assertThat(view(1, 1, 0, SlotLife.READY, SlotLife.STARTING).isSettled()).isFalse();
    assertThat(view(2, 0, 0, SlotLife.READY).isSettled()).isFalse();
    assertThat(view(1, 0, 0, SlotLife.READY, SlotLife.DRAINING).isSettled()).isFalse();
  }
}
