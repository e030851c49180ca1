package dev.prefork.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.ServerHistory;
import dev.prefork.ServerSnapshot;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.json.JsonParser;
import dev.prefork.json.JsonWriter;
import dev.prefork.monitor.HistoryJson;
import dev.prefork.monitor.SnapshotJson;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
  private static Json.Fields parse(String text) throws JsonException {
    return (Json.Fields) JsonParser.parse(text);
  }

  private static String written(ServerSnapshot snapshot) {
    JsonWriter out = new JsonWriter();
    SnapshotJson.write(out, snapshot);
    return out.toString();
  }

  @Test
  void aSnapshotComesThroughAsItWas() throws JsonException {
    ServerSnapshot snapshot =
        Snapshots.of(
            Snapshots.worker(0, SlotLife.READY, Snapshots.request("GET /größe", 40)),
            Snapshots.worker(1, SlotLife.BACKOFF));

    assertThat(SnapshotReader.snapshot(parse(written(snapshot)))).isEqualTo(snapshot);
  }

  @Test
  void aHistoryComesThroughAsItWas() throws JsonException {
    ServerHistory history = Snapshots.history(1, 0, 2_000);
    JsonWriter out = new JsonWriter();
    HistoryJson.write(out, history.seconds());

    assertThat(SnapshotReader.history(parse(out.toString()))).isEqualTo(history);
  }

  @Test
  void whatIsOfAnotherVersionIsRefusedAndNotGuessed() {
    String text = written(Snapshots.of(Snapshots.worker(0, SlotLife.READY)));
    assertThatThrownBy(
            () -> SnapshotReader.snapshot(parse(text.replace("\"ready\"", "\"asleep\""))))
        .isInstanceOf(JsonException.class)
        .hasMessage("there is no life \"asleep\"");
    assertThatThrownBy(() -> SnapshotReader.snapshot(parse(text.replace("\"pool\"", "\"pond\""))))
        .hasMessage("pool must be an object");
    assertThatThrownBy(() -> SnapshotReader.snapshot(parse(text.replace("2026-01", "soon"))))
        .hasMessage("time must be a time");
  }
}
