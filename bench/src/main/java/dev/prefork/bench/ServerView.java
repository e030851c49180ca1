package dev.prefork.bench;

import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.json.Json;
import dev.prefork.json.JsonException;
import dev.prefork.json.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code status} answers of a server, as far as experiments look at it. Pure.
 *
 * @param wanted workers
 * @param spares wanted beside them
 * @param busy requests being served
 * @param spawned workers, since the start
 * @param slots that hold a worker or wait for one
 */
record ServerView(int wanted, int spares, int busy, long spawned, List<Slot> slots) {
  ServerView {
    slots = List.copyOf(slots);
  }

  /**
   * One slot.
   *
   * @param pid of its worker; 0 if it holds none
   * @param life what it is about
   */
  record Slot(long pid, SlotLife life) {}

  /** Reads the line that the control socket answers. */
  static ServerView parse(String answer) throws JsonException {
    if (!(JsonParser.parse(answer) instanceof Json.Fields result)) {
      throw new JsonException("an answer must be an object");
    }
    Json.Fields snapshot = result.object("snapshot");
    List<Slot> slots = new ArrayList<>();
    for (Json.Fields worker : snapshot.objects("workers")) {
      String life = worker.text("life").toUpperCase(Locale.ROOT);
      slots.add(new Slot(worker.number("pid"), SlotLife.valueOf(life)));
    }
    Json.Fields pool = snapshot.object("pool");
    return new ServerView(
        (int) pool.number("wanted"),
        (int) pool.number("spares"),
        (int) snapshot.number("busy"),
        snapshot.number("spawned"),
        slots);
  }

  /** The processes of the workers whose slots are about this. */
  Set<Long> pids(SlotLife life) {
    Set<Long> pids = new TreeSet<>();
    for (Slot slot : slots) {
      if (slot.life == life) {
        pids.add(slot.pid);
      }
    }
    return pids;
  }

  int accepting() {
    return pids(SlotLife.READY).size();
  }

  /** Workers that are processes, whatever they are about. */
  int live() {
    return (int) slots.stream().filter(slot -> slot.pid != 0).count();
  }

  /** Whether nothing is under way: the wanted workers accept, the wanted spares wait. */
  boolean isSettled() {
    return accepting() == wanted
        && pids(SlotLife.SPARE).size() == spares
        && slots.size() == wanted + spares;
  }
}
