package dev.prefork.accept;

/** Mode kernel: every free worker waits, and the kernel wakes the first of them. */
final class NoLock implements AcceptLock {
  @Override
  public boolean acquire() {
    return true;
  }

  @Override
  public void release() {}

  @Override
  public void close() {}
}
