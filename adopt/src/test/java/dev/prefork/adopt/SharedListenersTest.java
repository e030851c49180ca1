package dev.prefork.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prefork.posix.FakePosix;
import dev.prefork.posix.Fd;
import dev.prefork.scoreboard.Scoreboard;
import dev.prefork.scoreboard.Scoreboards;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program's calls as the JDK asks about them; the kernel is a list of what it was told. */
class SharedListenersTest {
  private static final int PORT = 80;
  private static final int MOST = 2;
  private static final int PROGRAMS = 30;
  private static final int CONNECTION = 40;
  private static final int EPOLL = 50;
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int EPOLLIN = 1;
  private static final int ONESHOT = 1 << 30;
  private static final int NONE = -2;

  /** EPOLLIN and EPOLLEXCLUSIVE: one of the workers is woken. */
  private static final String EXCLUSIVE = "10000001";

  private final FakePosix posix = new FakePosix();
  private final List<String> reports = new ArrayList<>();
  private final Scoreboard scoreboard = Scoreboards.create(1, 1);
  private final OpenConnections connections = new OpenConnections(MOST, new Traffic());
  private Fd inherited = listen("127.0.0.1", PORT);
  private SharedListeners listeners = sharing(inherited);
  private int timesReady;

  private Fd listen(String address, int port) {
    return posix.listen(new InetSocketAddress(address, port), 16);
  }

  private SharedListeners sharing(Fd... descriptors) {
    List<SharedListener> all = new ArrayList<>();
    for (Fd descriptor : descriptors) {
      boolean unix = posix.localAddress(descriptor) instanceof UnixDomainSocketAddress;
      StandardProtocolFamily family =
          unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
      all.add(new SharedListener(posix, family, descriptor, 16));
    }
    StartProgress progress = new StartProgress(all, "", reports::add);
    return new SharedListeners(all, progress, connections, () -> timesReady++);
  }

  @BeforeEach
  void forgetHowItWasMade() {
    listeners.enter(scoreboard.program(0), scoreboard::fewestOpen);
    posix.calls().clear();
  }

  private @Nullable Object ask(Object... call) {
    return listeners.apply(call);
  }

  private @Nullable Object bind(int descriptor, String address, int port) {
    InetAddress ip = new InetSocketAddress(address, port).getAddress();
    return ask(Question.BIND, descriptor, ip, port);
  }

  private void accept(int connection) {
    assertThat(ask(Question.ACCEPT, PROGRAMS, -1, new InetSocketAddress[1])).isNull();
    assertThat(ask(Question.ACCEPTED, PROGRAMS, connection, connection < 0 ? NONE : 1)).isNull();
  }

  /** What was done to the program's descriptor: replaced, or told to an epoll set. */
  private List<String> switches() {
    List<String> calls = new ArrayList<>(posix.calls());
    posix.calls().clear();
    calls.removeIf(call -> !call.matches("(replace|control|interrupt) .*"));
    return calls;
  }

  private String meansInherited() {
    return "replace " + PROGRAMS + " by " + inherited;
  }

  @Test
  void aBindToASharedAddressAdoptsItAndListensAlready() {
    assertThat(bind(PROGRAMS, "127.0.0.1", PORT)).isEqualTo(true);
    assertThat(ask(Question.LISTEN, PROGRAMS, 10)).isEqualTo(true);
    assertThat(ask(Question.CONFIGURE_BLOCKING, PROGRAMS, true)).isEqualTo(true);
    assertThat(switches()).containsExactly(meansInherited());
    assertThat(reports).containsExactly("bound 127.0.0.1:80, never accepted on 127.0.0.1:80");
  }

  @Test
  void otherBindsGoThrough() {
    assertThat(bind(PROGRAMS, "127.0.0.1", 0)).isNull();
    assertThat(bind(PROGRAMS, "127.0.0.2", PORT)).isNull();
    assertThat(ask(Question.LISTEN, PROGRAMS, 10)).isNull();
    assertThat(ask(Question.CONFIGURE_BLOCKING, PROGRAMS, true)).isNull();
    assertThat(switches()).isEmpty();
    assertThat(reports.getLast())
        .isEqualTo("bound a free port (its own), 127.0.0.2:80 (its own), never 127.0.0.1:80");
  }

  @Test
  void aWildcardOfEitherFamilyMeansWhatIsShared() {
    assertThat(bind(PROGRAMS, "::", PORT)).isEqualTo(true);
    listeners = sharing(inherited);
    assertThat(bind(PROGRAMS, "0.0.0.0", PORT)).isEqualTo(true);
    listeners = sharing(listen("0.0.0.0", PORT));
    assertThat(bind(PROGRAMS, "127.0.0.1", PORT)).isEqualTo(true);
  }

  @Test
  void theExactAddressGoesBeforeAWildcard() {
    Fd any = listen("0.0.0.0", PORT);
    listeners = sharing(any, inherited);
    posix.calls().clear();

    assertThat(bind(PROGRAMS, "127.0.0.1", PORT)).isEqualTo(true);
    assertThat(switches()).containsExactly(meansInherited());
    assertThat(bind(31, "0.0.0.0", PORT)).isEqualTo(true);
    assertThat(switches()).containsExactly("replace 31 by " + any);
  }

  @Test
  void theLongerQueueHolds() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    ask(Question.LISTEN, PROGRAMS, 16);
    assertThat(posix.calls()).noneMatch(call -> call.startsWith("resizeQueue"));
    ask(Question.LISTEN, PROGRAMS, 511);
    assertThat(posix.calls()).contains("resizeQueue " + inherited + " 511");
  }

  @Test
  void aProgramIsReadyOnceItWaitsOnAllThatIsShared() {
    Fd second = listen("127.0.0.1", 81);
    listeners = sharing(inherited, second);
    bind(PROGRAMS, "127.0.0.1", PORT);
    bind(31, "127.0.0.1", 81);

    accept(-1);
    accept(-1);
    assertThat(timesReady).isZero();
    ask(Question.CONTROL, EPOLL, ADD, 31, EPOLLIN);
    accept(-1);
    assertThat(timesReady).isEqualTo(1);
  }

  @Test
  void aClosedGateIsAQuietSocketOfThisProcessAlone() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    posix.calls().clear();
    accept(-1);

    assertThat(switches()).hasSize(1).doesNotContain(meansInherited());
    InetSocketAddress quiet = (InetSocketAddress) Objects.requireNonNull(listeners.quietAddress());
    assertThat(quiet.getAddress().isLoopbackAddress()).isTrue();
    assertThat(quiet.getPort()).isNotEqualTo(PORT);
  }

  @Test
  void openingTheGateTellsEveryEpollSetAndWakesWhoPolls() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    assertThat(ask(Question.CONTROL, EPOLL, ADD, PROGRAMS, EPOLLIN)).isEqualTo(0);
    accept(-1);
    posix.calls().clear();
    listeners.open();

    assertThat(switches())
        .containsExactly(
            "control 50 DELETE 30",
            meansInherited(),
            "control 50 ADD 30 for " + EXCLUSIVE,
            "interrupt 1");
    assertThat(listeners.quietAddress()).isNull();
  }

  @Test
  void whoHasAcceptedWaitsBehindTheOthers() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    ask(Question.CONTROL, EPOLL, ADD, PROGRAMS, EPOLLIN);
    listeners.open();
    posix.calls().clear();
    accept(-1);
    assertThat(switches()).isEmpty();
    accept(CONNECTION);
    assertThat(switches())
        .containsExactly("control 50 DELETE 30", "control 50 ADD 30 for " + EXCLUSIVE);
  }

  @Test
  void aConnectionWhoseWakeUpGotLostIsSeenBySomebodyElse() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    ask(Question.CONTROL, EPOLL, ADD, PROGRAMS, EPOLLIN);
    listeners.open();
    posix.calls().clear();
    listeners.lookAgain();
    assertThat(switches())
        .containsExactly("control 50 DELETE 30", "control 50 ADD 30 for " + EXCLUSIVE);
  }

  @Test
  void whatIsExclusiveIsNeverModified() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    ask(Question.CONTROL, EPOLL, ADD, PROGRAMS, EPOLLIN);
    posix.calls().clear();
    ask(Question.CONTROL, EPOLL, MODIFY, PROGRAMS, EPOLLIN | ONESHOT);
    assertThat(switches())
        .containsExactly("control 50 DELETE 30", "control 50 ADD 30 for 40000001");
  }

  @Test
  void anEpollSetThatWatchesNoMoreIsNotTold() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    ask(Question.CONTROL, EPOLL, ADD, PROGRAMS, EPOLLIN);
    ask(Question.CONTROL, EPOLL, DELETE, PROGRAMS, 0);
    posix.calls().clear();
    listeners.open();

    assertThat(switches()).noneMatch(call -> call.startsWith("control"));
  }

  @Test
  void otherDescriptorsAreWatchedAsEver() {
    assertThat(ask(Question.CONTROL, EPOLL, ADD, 99, EPOLLIN)).isNull();
  }

  @Test
  void aProgramThatBindsLateFindsTheGateOpen() {
    listeners.open();
    bind(PROGRAMS, "127.0.0.1", PORT);
    accept(-1);

    assertThat(switches()).containsExactly(meansInherited());
  }

  @Test
  void aFullWorkerIsQuietUntilOneOfItsConnectionsEnds() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    accept(-1);
    listeners.open();
    posix.calls().clear();

    accept(CONNECTION);
    assertThat(switches()).isEmpty();
    accept(CONNECTION + 1);
    assertThat(switches()).hasSize(1).doesNotContain(meansInherited());
    ask(Question.CLOSE, CONNECTION + 7);
    assertThat(switches()).isEmpty();
    ask(Question.CLOSE, CONNECTION);
    assertThat(switches()).contains(meansInherited());
    ask(Question.CLOSE, CONNECTION); // the JDK makes it mean nothing first, and then closes it
    assertThat(scoreboard.read(0).program().open()).isEqualTo(1);
    assertThat(scoreboard.read(0).program().accepted()).isEqualTo(2);
  }

  @Test
  void aConnectionWhoseAcceptWasUnderWayWhenItShutIsCounted() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    accept(-1);
    listeners.open();
    listeners.close();
    accept(CONNECTION);

    assertThat(listeners.openConnections()).isEqualTo(1);
    assertThat(scoreboard.read(0).program().accepted()).isEqualTo(1);
  }

  @Test
  void theWorkersOwnQuestionIsNoConnection() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    accept(-1);
    accept(CONNECTION);

    assertThat(scoreboard.read(0).program().accepted()).isZero();
  }

  @Test
  void anAcceptThatFindsNothingIsCounted() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    listeners.open();
    accept(-1);

    assertThat(scoreboard.read(0).program().inVain()).isEqualTo(1);
  }

  private @Nullable Object tellFailedAccept() {
    assertThat(ask(Question.ACCEPT, PROGRAMS, -1, new InetSocketAddress[1])).isNull();
    return ask(Question.ACCEPTED, PROGRAMS, -1, NONE);
  }

  private void bindBlocking() {
    posix.block(PROGRAMS);
    bind(PROGRAMS, "127.0.0.1", PORT);
    listeners.open();
    posix.calls().clear();
  }

  /** In poll(2), where the JDK lets it wait, it was woken for the connections of all workers. */
  @Test
  void anAcceptThatBlocksWaitsInAnEpollSetAndIsTriedAgain() {
    bindBlocking();
    for (int round = 0; round < 2; round++) {
      assertThat(tellFailedAccept()).isEqualTo(true);
    }
    String watches = "control " + FakePosix.EPOLL + " ADD " + PROGRAMS + " for " + EXCLUSIVE;
    assertThat(posix.calls())
        .containsExactly(watches, "awaitEpoll " + FakePosix.EPOLL, "awaitEpoll " + FakePosix.EPOLL);
  }

  @Test
  void anAcceptThatDoesNotBlockNeverWaits() throws InterruptedException {
    bindBlocking();
    List<@Nullable Object> answers = new ArrayList<>();
    Thread.ofVirtual().start(() -> answers.add(tellFailedAccept())).join();
    assertThat(answers).as("of a virtual thread, which the JDK parks").containsOnlyNulls();

    ask(Question.CONFIGURE_BLOCKING, PROGRAMS, false);
    assertThat(tellFailedAccept()).isNull();
    ask(Question.CONFIGURE_BLOCKING, PROGRAMS, true);
    assertThat(tellFailedAccept()).isEqualTo(true);
  }

  @Test
  void withoutADescriptorForAnEpollSetAnAcceptWaitsAsTheJdkHasIt() {
    bindBlocking();
    posix.refuseEpoll();
    assertThat(tellFailedAccept()).isNull();
    assertThat(posix.calls()).isEmpty();
  }

  @Test
  void anAcceptWhoseListenerIsClosedMeanwhileIsNotTriedAgain() {
    bindBlocking();
    posix.whileAwaiting(() -> ask(Question.CLOSE, PROGRAMS));
    assertThat(tellFailedAccept()).isNull();
    assertThat(posix.calls()).endsWith("control " + FakePosix.EPOLL + " DELETE " + PROGRAMS);

    bindBlocking();
    assertThat(tellFailedAccept()).isNull();
    assertThat(posix.calls()).as("bound anew, it is watched anew").anyMatch(c -> c.contains("ADD"));
  }

  @Test
  void aDrainingWorkerStaysQuietAndLetsGoOfTheListener() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    accept(-1);
    listeners.open();
    accept(CONNECTION);
    posix.calls().clear();
    int number = inherited.number();
    listeners.close();
    assertThat(posix.calls()).contains("close fd " + number);

    switches();
    ask(Question.CLOSE, CONNECTION);
    listeners.open();
    assertThat(switches()).isEmpty();
  }

  @Test
  void aDescriptorThatTheProgramClosesIsAdoptedNoMore() {
    bind(PROGRAMS, "127.0.0.1", PORT);
    listeners.open();
    ask(Question.CLOSE, PROGRAMS);
    assertThat(ask(Question.LISTEN, PROGRAMS, 10)).as("its number has a new meaning").isNull();

    assertThat(bind(33, "127.0.0.1", PORT)).as("it may bind anew").isEqualTo(true);
  }

  private SharedListeners sharingPath(Path path) {
    return sharing(posix.listen(UnixDomainSocketAddress.of(path), 16));
  }

  @Test
  void theSupervisorsPathIsMeantHoweverItIsWritten() {
    listeners = sharingPath(Path.of("app.sock").toAbsolutePath());

    assertThat(ask(Question.BIND, PROGRAMS, Path.of("./x/../app.sock"))).isEqualTo(true);
    assertThat(ask(Question.BIND, PROGRAMS + 1, Path.of("other.sock"))).isNull();
    assertThat(reports.getLast()).contains("bound unix:", "other.sock (its own)");
  }

  @Test
  void noProgramDeletesTheSupervisorsPath() {
    listeners = sharingPath(Path.of("/run/app.sock"));

    assertThat(ask(Question.UNLINK, Path.of("/run/app.sock"))).isEqualTo(true);
    assertThat(ask(Question.UNLINK, Path.of("/run/other.sock"))).isNull();
  }
}
