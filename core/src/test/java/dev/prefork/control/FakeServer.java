package dev.prefork.control;

import dev.prefork.ServerStatus;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.ServerStatus.WorkerStatus;
import dev.prefork.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A server that notes what is asked of it and does what the test says. */
final class FakeServer implements Controlled {
  final List<String> asked = new CopyOnWriteArrayList<>();
  volatile Consumer<String> whenAsked = _ -> {};
  volatile ServerStatus status = running(2, 2);

  /** So many workers wanted, and the first of them ready, the rest starting. */
  static ServerStatus running(int wanted, int ready) {
    List<WorkerStatus> workers = new ArrayList<>();
    for (int slot = 0; slot < wanted; slot++) {
      SlotLife life = slot < ready ? SlotLife.READY : SlotLife.STARTING;
      workers.add(new WorkerStatus(slot, 1, 100 + slot, life));
    }
    return new ServerStatus(Phase.RUNNING, wanted, workers, wanted, 0);
  }

  private void note(String what) {
    asked.add(what);
    whenAsked.accept(what);
  }

  @Override
  public ServerStatus status() {
    return status;
  }

  @Override
  public int maxWorkers() {
    return 8;
  }

  @Override
  public void writeSnapshot(JsonWriter out) {
    out.beginObject().field("pid", 42).endObject();
  }

  @Override
  public void writeHistory(JsonWriter out, int seconds) {
    out.value(seconds);
  }

  @Override
  public void writeDeaths(JsonWriter out) {
    out.beginArray().endArray();
  }

  @Override
  public void resize(int workers, String origin) {
    note("resize " + workers);
  }

  @Override
  public void retire(int slot, String origin) {
    note("retire " + slot);
  }

  @Override
  public boolean hasJvms() {
    return true;
  }

  @Override
  public void quit(long pid) {
    note("quit " + pid);
  }

  @Override
  public void reopenLogs(String origin) {
    note("reopen");
  }

  @Override
  public void stop(String origin) {
    note("stop");
  }

  @Override
  public void stopNow(String origin) {
    note("stop now");
  }
}
