package dev.prefork.server;

import dev.prefork.ServerHistory;
import dev.prefork.ServerStatus;
import dev.prefork.config.ServerConfig;
import dev.prefork.control.Controlled;
import dev.prefork.control.DeathJson;
import dev.prefork.coroner.DeathRegister;
import dev.prefork.json.JsonWriter;
import dev.prefork.monitor.HistoryJson;
import dev.prefork.monitor.Monitor;
import dev.prefork.monitor.SnapshotJson;
import dev.prefork.supervisor.Supervisor;
import java.util.List;

/** What the control socket reaches of a server. */
final class ServerControl implements Controlled {
  private final ServerConfig config;
  private final Supervisor supervisor;
  private final Monitor monitor;
  private final DeathRegister deaths;

  ServerControl(ServerConfig config, Supervisor supervisor, Monitor monitor, DeathRegister deaths) {
    this.config = config;
    this.supervisor = supervisor;
    this.monitor = monitor;
    this.deaths = deaths;
  }

  @Override
  public ServerStatus status() {
    return supervisor.status();
  }

  @Override
  public int maxWorkers() {
    return config.pool().max();
  }

  @Override
  public void writeSnapshot(JsonWriter out) {
    SnapshotJson.write(out, monitor.snapshot());
  }

  @Override
  public void writeHistory(JsonWriter out, int seconds) {
    List<ServerHistory.Second> all = monitor.history().seconds();
    HistoryJson.write(out, all.subList(Math.max(0, all.size() - seconds), all.size()));
  }

  @Override
  public void writeDeaths(JsonWriter out) {
    out.beginArray();
    deaths.last().forEach(death -> DeathJson.write(out, death));
    out.endArray();
  }

  @Override
  public void resize(int workers, String origin) {
    supervisor.resize(workers, origin);
  }

  @Override
  public void retire(int slot, String origin) {
    supervisor.retire(slot, origin);
  }

  @Override
  public boolean hasJvms() {
    return !config.application().isCommand();
  }

  @Override
  public void quit(long pid) {
    supervisor.quit(pid);
  }

  @Override
  public void reopenLogs(String origin) {
    supervisor.reopenLogs(origin);
  }

  @Override
  public void stop(String origin) {
    supervisor.stop(origin);
  }

  @Override
  public void stopNow(String origin) {
    supervisor.stopNow(origin);
  }
}
