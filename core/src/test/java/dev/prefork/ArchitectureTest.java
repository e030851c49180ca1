package dev.prefork;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.prefork.posix.Signals;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How the packages of this module may know each other: ARCHITECTURE.md. */
class ArchitectureTest {
  private static final String ROOT = "dev.prefork";

  /** Top to bottom as control flows; each imports only what stands below it. */
  private static final List<String> ORDER =
      List.of(
          "dev.prefork.server",
          "dev.prefork.log",
          "dev.prefork.admin",
          "dev.prefork.monitor",
          "dev.prefork.coroner",
          "dev.prefork.aot",
          "dev.prefork.supervisor",
          "dev.prefork.control",
          "dev.prefork.worker",
          "dev.prefork.launch",
          "dev.prefork.accept",
          "dev.prefork.scoreboard",
          "dev.prefork.listen",
          "dev.prefork.config",
          "dev.prefork.posix",
          "dev.prefork.json",
          ROOT);

  private static final JavaClasses CORE = new ClassFileImporter().importPath(ownClasses());

  private static Path ownClasses() {
    try {
      return Path.of(
          PreforkException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> packages = CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

    assertThat(packages).containsExactlyInAnyOrderElementsOf(ORDER);
  }

  @Test
  void eachPackageImportsOnlyWhatStandsBelowIt() {
    List<String> allowed = new ArrayList<>();
    for (String name : ORDER.reversed()) {
      allowed.add(name);
      classes()
          .that()
          .resideInAPackage(name)
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("java..")
                  .or(resideInAPackage("sun.misc"))
                  .or(resideInAPackage("jdk.net")) // a socket's peer credentials
                  .or(resideInAPackage("org.jspecify.annotations"))
                  .or(resideInAPackage("")) // arrays of primitives
                  .or(resideInAnyOf(allowed)))
          .check(CORE);
    }
  }

  private static DescribedPredicate<JavaClass> resideInAnyOf(List<String> packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new));
  }

  @Test
  void onlyPosixLinksNativeCode() {
    noClasses()
        .that(not(resideInAPackage("dev.prefork.posix")))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class, SymbolLookup.class)
        .check(CORE);
    noClasses()
        .that(not(resideInAPackage("dev.prefork.posix")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(CORE);
  }

  @Test
  void onlySignalsKnowsTheJvmsSignals() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Signals.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("sun.misc")
        .check(CORE);
  }

  @Test
  void onlyAWorkerEndsItsJvm() {
    noClasses()
        .that(not(resideInAPackage("dev.prefork.worker")))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CORE);
  }

  @Test
  void theSupervisorNeverSleeps() {
    noClasses()
        .that()
        .resideInAPackage("dev.prefork.supervisor")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", Duration.class)
        .orShould()
        .callMethod(Object.class, "wait", long.class)
        .check(CORE);
  }

  @Test
  void nobodyStartsProcessesBehindTheSupervisorsBack() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ProcessBuilder.class, Process.class)
        .check(CORE);
  }
}
