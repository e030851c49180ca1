package dev.prefork.posix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process that {@link FakePosix} has spawned; its test says what it does. */
public final class FakeProcess {
  private final Pid pid;
  private final SpawnRequest request;
  private final List<FakeFile> descriptors;
  private final List<Signum> signals = new ArrayList<>();
  private @Nullable Consumer<Signum> onSignal;
  private @Nullable WaitStatus status;

  FakeProcess(Pid pid, SpawnRequest request, List<FakeFile> descriptors) {
    this.pid = pid;
    this.request = request;
    this.descriptors = new ArrayList<>(descriptors);
    descriptors.forEach(file -> file.references++);
  }

  public Pid pid() {
    return pid;
  }

  public SpawnRequest request() {
    return request;
  }

  /** What it finds at a number: {@code pipe's read end}. */
  public String fileAt(int fd) {
    return descriptors.get(fd).name;
  }

  public int descriptorCount() {
    return descriptors.size();
  }

  /** Whether two of its numbers are the same open file. */
  public boolean isSameFile(int one, int other) {
    return descriptors.get(one).equals(descriptors.get(other));
  }

  /** Writes to one of its descriptors. */
  public void write(int fd, String text) {
    int _ = descriptors.get(fd).write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads all that a descriptor has now. */
  public String read(int fd) {
    FakeFile file = descriptors.get(fd);
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[1_024];
    while (file.isReadable()) {
      int count = file.read(buffer);
      if (count <= 0) {
        break;
      }
      text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  /** Whether nobody holds the other end of the pipe it reads at a number. */
  public boolean isCut(int fd) {
    FakeFile file = descriptors.get(fd);
    return file.isReadable() && file.read(new byte[1]) == 0;
  }

  public boolean isBlocking(int fd) {
    return descriptors.get(fd).blocking;
  }

  public boolean isReadable(int fd) {
    return descriptors.get(fd).isReadable();
  }

  /** Closes some of its descriptors. */
  public void close(int... fds) {
    for (int fd : fds) {
      descriptors.set(fd, closed(descriptors.get(fd)));
    }
  }

  private static FakeFile closed(FakeFile file) {
    file.references--;
    return new FakeFile("closed");
  }

  /** Leaves a descendant behind that keeps writing to one of its pipes. */
  public void leaveFlood(int fd) {
    FakeFile.Channel channel = FakeFile.channelOf(descriptors.get(fd));
    if (channel == null) {
      throw new AssertionError("no pipe to write to at " + fd);
    }
    channel.flooded = true;
    channel.writeEnd.references++;
  }

  /** Answers signals with this; without it, every signal ends the process. */
  public void onSignal(Consumer<Signum> answer) {
    onSignal = answer;
  }

  public List<Signum> signals() {
    return List.copyOf(signals);
  }

  void signal(Signum signal) {
    signals.add(signal);
    if (onSignal == null || signal == Signum.KILL) {
      end(new WaitStatus.Signaled(signal.number(), false));
    } else {
      onSignal.accept(signal);
    }
  }

  /** Ends it, which closes its descriptors. */
  public void end(WaitStatus how) {
    if (status == null) {
      status = how;
      descriptors.forEach(file -> file.references--);
    }
  }

  public void exit(int code) {
    end(new WaitStatus.Exited(code));
  }

  @Nullable WaitStatus status() {
    return status;
  }
}
