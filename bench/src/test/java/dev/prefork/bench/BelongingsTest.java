package dev.prefork.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prefork.PreforkException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BelongingsTest {
  private final List<String> ended = new ArrayList<>();
  private final Belongings belongings = new Belongings();

  private Belongings.Belonging keep(String name) {
    return belongings.keep(() -> () -> ended.add(name));
  }

  @Test
  void allAreEndedLastFirst() {
    keep("directory");
    keep("server");
    belongings.close();
    assertThat(ended).containsExactly("server", "directory");
    assertThat(belongings.isInterrupted()).isFalse();
  }

  @Test
  void whatWasEndedOnItsOwnIsNotEndedAgain() {
    Belongings.Belonging first = keep("first");
    keep("second");
    belongings.end(first);
    belongings.close();
    belongings.close();
    assertThat(ended).containsExactly("first", "second");
  }

  @Test
  void afterAnInterruptNothingIsStartedAnyMore() {
    keep("server");
    belongings.interrupt();
    assertThat(ended).containsExactly("server");
    assertThat(belongings.isInterrupted()).isTrue();
    assertThatThrownBy(() -> keep("late"))
        .isInstanceOf(PreforkException.class)
        .hasMessage("interrupted");
    assertThat(ended).as("the starter was not called").containsExactly("server");
  }
}
