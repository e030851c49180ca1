package dev.prefork.supervisor;

import static java.util.stream.Collectors.joining;

import dev.prefork.ExitStatus;
import dev.prefork.ServerEvent;
import dev.prefork.ServerStatus.Phase;
import dev.prefork.ServerStatus.SlotLife;
import dev.prefork.posix.Pid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Prints what the state machine answers to every event in every situation. */
final class TransitionTable {
  private static final Map<String, Supplier<StateFixture>> SITUATIONS = new LinkedHashMap<>();
  private static final Map<String, Event> EVENTS = new LinkedHashMap<>();

  static {
    SITUATIONS.put("before the start", () -> new StateFixture(2));
    SITUATIONS.put(
        "spawning, nothing known yet", () -> after(new StateFixture(2), new Event.Started()));
    SITUATIONS.put("starting", () -> StateFixture.starting(2));
    SITUATIONS.put("one ready, one starting", TransitionTable::oneReady);
    SITUATIONS.put("all ready", () -> StateFixture.running(2));
    SITUATIONS.put(
        "one ready, one killed for being late",
        () -> {
          StateFixture server = oneReady();
          server.awaitDeadline();
          return server;
        });
    SITUATIONS.put(
        "one ready, one in back-off",
        () ->
            after(
                oneReady(),
                new Event.WorkerExited(StateFixture.pid(1), StateFixture.failedStart())));
    SITUATIONS.put(
        "one ready, one refused",
        () ->
            after(oneReady(), new Event.WorkerExited(StateFixture.pid(1), StateFixture.refused())));
    SITUATIONS.put(
        "one ready, one leaving",
        () -> after(StateFixture.running(2), new Event.WorkerLeaving(StateFixture.pid(1))));
    SITUATIONS.put(
        "one ready, one retired",
        () -> after(StateFixture.running(2), new Event.ResizeTo(1, "resize")));
    SITUATIONS.put("none wanted", TransitionTable::none);
    SITUATIONS.put(
        "graceful stop",
        () -> after(StateFixture.running(2), new Event.StopRequested(StopMode.GRACEFUL, "TERM")));
    SITUATIONS.put(
        "graceful stop, bound passed",
        () -> {
          StateFixture server = StateFixture.running(2);
          server.stop(StopMode.GRACEFUL, "TERM");
          server.awaitDeadline();
          return server;
        });
    SITUATIONS.put(
        "immediate stop",
        () -> after(StateFixture.running(2), new Event.StopRequested(StopMode.IMMEDIATE, "INT")));
    SITUATIONS.put(
        "stopped", () -> after(none(), new Event.StopRequested(StopMode.GRACEFUL, "TERM")));

    Pid second = StateFixture.pid(1);
    EVENTS.put("Started", new Event.Started());
    EVENTS.put("WorkerSpawned(1)", new Event.WorkerSpawned(1, second));
    EVENTS.put("SpawnFailed(1)", new Event.SpawnFailed(1, "EAGAIN"));
    EVENTS.put("WorkerProgress(1)", new Event.WorkerProgress(second, "bound nothing"));
    EVENTS.put("WorkerReady(1)", new Event.WorkerReady(second));
    EVENTS.put("WorkerLeaving(1)", new Event.WorkerLeaving(second));
    EVENTS.put("WorkerEnding(1)", new Event.WorkerEnding(second));
    EVENTS.put("WorkerExited(1, 0)", new Event.WorkerExited(second, StateFixture.exit(0)));
    EVENTS.put("WorkerExited(1, 70)", new Event.WorkerExited(second, StateFixture.failedStart()));
    EVENTS.put("WorkerExited(1, 78)", new Event.WorkerExited(second, StateFixture.refused()));
    EVENTS.put(
        "WorkerExited(1, JVM refused)",
        new Event.WorkerExited(second, StateFixture.refusedByJvm()));
    EVENTS.put("WorkerExited(1, KILL)", new Event.WorkerExited(second, StateFixture.killed()));
    EVENTS.put("StopRequested(GRACEFUL)", new Event.StopRequested(StopMode.GRACEFUL, "TERM"));
    EVENTS.put("StopRequested(IMMEDIATE)", new Event.StopRequested(StopMode.IMMEDIATE, "INT"));
    EVENTS.put("ResizeRequested(+1)", new Event.ResizeRequested(1, "TTIN"));
    EVENTS.put("ResizeRequested(-1)", new Event.ResizeRequested(-1, "TTOU"));
    EVENTS.put("ResizeTo(0)", new Event.ResizeTo(0, "WINCH"));
    EVENTS.put("RetireRequested(1)", new Event.RetireRequested(1, "test"));
    EVENTS.put("RecycleDue(1)", new Event.RecycleDue(second, "old"));
    EVENTS.put("RequestLate(1)", new Event.RequestLate(second, 0));
    EVENTS.put("RequestOverdue(1)", new Event.RequestOverdue(second, "GET /"));
    EVENTS.put("WorkerSilent(1)", new Event.WorkerSilent(second, "its JVM has not run"));
    EVENTS.put("Load(0 idle)", new Event.Load(0, 1));
    EVENTS.put("ReopenRequested", new Event.ReopenRequested("USR1"));
    EVENTS.put("QuitRequested(1)", new Event.QuitRequested(second));
    EVENTS.put("Overslept(1h)", new Event.Overslept(Duration.ofHours(1).toNanos()));
    EVENTS.put("DeadlinePassed", new Event.DeadlinePassed());
  }

  private TransitionTable() {}

  private static StateFixture after(StateFixture server, Event event) {
    server.on(event);
    return server;
  }

  private static StateFixture oneReady() {
    return after(StateFixture.starting(2), new Event.WorkerReady(StateFixture.pid(0)));
  }

  private static StateFixture none() {
    StateFixture server = StateFixture.running(2);
    server.on(new Event.ResizeTo(0, "WINCH"));
    server.exited(0, StateFixture.exit(0));
    server.exited(1, StateFixture.exit(0));
    return server;
  }

  /** The whole table. */
  static String print() {
    StringBuilder text = new StringBuilder();
    SITUATIONS.forEach((situation, begin) -> {
      text.append("== ").append(situation).append(": ").append(state(begin.get())).append('\n');
      EVENTS.forEach((name, event) -> text.append(row(name, begin.get(), event)));
      text.append('\n');
    });
    return text.toString();
  }

  private static String row(String name, StateFixture server, Event event) {
    if (!isPossible(event, server)) {
      return "";
    }
    String before = state(server);
    List<Action> actions;
    if (event instanceof Event.DeadlinePassed) {
      if (server.waitsForEventsAlone()) {
        return "";
      }
      actions = server.awaitDeadline();
    } else {
      actions = server.on(event);
    }
    String after = state(server);
    String done =
        actions.isEmpty()
            ? "-"
            : actions.stream().map(TransitionTable::show).collect(joining(", "));
    return name + " -> " + done + "\n" + (after.equals(before) ? "" : "    now " + after + "\n");
  }

  /** Answers to a spawn come once and after it; the rest may come at any time. */
  private static boolean isPossible(Event event, StateFixture server) {
    return switch (event) {
      case Event.WorkerSpawned _, Event.SpawnFailed _ ->
          server.state.status().workers().stream()
              .anyMatch(worker ->
                  worker.slot() == 1 && worker.pid() == 0 && worker.life() == SlotLife.STARTING);
      case Event.Started _ ->
          server.state.status().phase() == Phase.STARTING
              && server.waitsForEventsAlone()
              && server.state.status().workers().isEmpty();
      case Event.WorkerProgress _,
          Event.WorkerReady _,
          Event.WorkerLeaving _,
          Event.WorkerEnding _,
          Event.WorkerExited _ ->
          server.state.status().spawned() > 0;
      default -> true;
    };
  }

  private static String state(StateFixture server) {
    var status = server.state.status();
    String slots =
        status.workers().stream()
            .map(worker ->
                worker.slot()
                    + " "
                    + worker.life()
                    + (worker.pid() == 0 ? "" : " pid " + worker.pid()))
            .collect(joining(", "));
    String wake =
        server.waitsForEventsAlone()
            ? ""
            : ", wake in " + server.untilDeadline().toMillis() + " ms";
    return status.phase() + ", " + status.wanted() + " wanted [" + slots + "]" + wake;
  }

  private static String show(Action action) {
    return switch (action) {
      case Action.Spawn(int slot, int _) -> "Spawn " + slot;
      case Action.Accept(Pid pid) -> "Accept " + pid;
      case Action.Drain(Pid pid) -> "Drain " + pid;
      case Action.TellLate(Pid pid, int lane) -> "TellLate " + pid + " lane " + lane;
      case Action.ReopenLogs() -> "ReopenLogs";
      case Action.Send(Pid pid, var signal) -> signal + " " + pid;
      case Action.CloseListeners() -> "CloseListeners";
      case Action.Publish(ServerEvent event) -> show(event);
      case Action.Exit(ExitStatus status, String cause) -> "Exit " + status + " (" + cause + ")";
    };
  }

  private static String show(ServerEvent event) {
    return switch (event) {
      case ServerEvent.Message(var level, String text) -> "say " + level + " \"" + text + "\"";
      case ServerEvent.WorkerExited exited ->
          "tell exited "
              + exited.worker().slot()
              + (exited.expected() ? " as asked" : "")
              + " ("
              + exited.cause()
              + ")";
      case ServerEvent.WorkerSpawned(var worker) -> "tell spawned " + worker.slot();
      case ServerEvent.WorkerReady(var worker) -> "tell ready " + worker.slot();
      case ServerEvent.Ready(int workers) -> "tell all " + workers + " ready";
      case ServerEvent.LogsReopened _ -> "tell logs reopened";
      case ServerEvent.Stopped _ -> "tell stopped";
      case ServerEvent.WorkerOutput _,
          ServerEvent.WorkerDied _,
          ServerEvent.RequestLate _,
          ServerEvent.Dropped _ ->
          throw new AssertionError(event);
    };
  }
}
