package dev.prefork.monitor;

import dev.prefork.ServerSnapshot.Request;
import dev.prefork.WorkerIdentity;
import java.util.ArrayList;
import java.util.List;

/** Writes down what would follow. */
final class RecordedConsequences implements Consequences {
  final List<String> all = new ArrayList<>();

  @Override
  public void recycle(WorkerIdentity worker, String reason) {
    all.add("recycle " + worker.pid() + ": " + reason);
  }

  @Override
  public void late(WorkerIdentity worker, int lane, Request request, String text) {
    all.add("late " + worker.pid() + " lane " + lane + ": " + text);
  }

  @Override
  public void silent(WorkerIdentity worker, String reason) {
    all.add("silent " + worker.pid() + ": " + reason);
  }

  @Override
  public void overdue(WorkerIdentity worker, String request) {
    all.add("overdue " + worker.pid() + ": " + request);
  }

  @Override
  public void unreported(String warning) {
    all.add("unreported: " + warning);
  }

  @Override
  public void load(int idle, int queued) {
    all.add("load " + idle + " idle, " + queued + " queued");
  }
}
