package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.PreforkException;
import org.junit.jupiter.api.Test;

class ProcessFilesTest {
  private static final long GONE = Integer.MAX_VALUE;

  @Test
  void processorTimeIsUserAndSystemTimeWhateverTheProcessIsCalled() {
    String stat = "17 (a) b (c) S 1 17 17 0 -1 4194560 900 0 0 0 150 50 0 0 20 0 1 0 12345 0 0";
    assertThat(ProcessFiles.processorSeconds(stat)).isEqualTo(2.0);
    assertThatThrownBy(() -> ProcessFiles.processorSeconds(""))
        .isInstanceOf(PreforkException.class)
        .hasMessageStartingWith("this is no /proc/PID/stat");
  }

  @Test
  void aThreadWaitsForAConnectionIfItsSystemCallSaysSo() {
    String epollWait = System.getProperty("os.arch").equals("aarch64") ? "22" : "232";
    assertThat(ProcessFiles.waits(epollWait + " 0x8 0x7f00 0x7f10 0x0 0x0 0x0 0x7ffd 0x7f"))
        .isTrue();
    assertThat(ProcessFiles.waits("7 0x8 0x7f00")).isFalse();
    assertThat(ProcessFiles.waits("running")).isFalse();
    assertThat(ProcessFiles.waits("")).isFalse();
  }

  @Test
  void aLivingProcessHasDescriptorsAndThreadsAndOneThatIsGoneHasNone() {
    long self = ProcessHandle.current().pid();
    assertThat(ProcessFiles.descriptors(self)).isPositive();
    assertThat(ProcessFiles.threads(self)).isPositive();
    assertThat(ProcessFiles.processorSeconds(self)).isPositive();
    assertThat(ProcessFiles.descriptors(GONE) + ProcessFiles.threads(GONE)).isZero();
    assertThat(ProcessFiles.children(GONE)).isEmpty();
    assertThat(ProcessFiles.acceptThreads(GONE)).isEmpty();
  }
}
