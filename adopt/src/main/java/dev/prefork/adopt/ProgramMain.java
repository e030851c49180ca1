package dev.prefork.adopt;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/**
 * The main class of a worker that runs an unchanged program: starts the agent, and then the
 * program's jar as {@code java -jar} does.
 *
 * <p>Not {@code -javaagent}: a JVM that has an agent before its first class looks into every class
 * that it loads, and takes none as linked from the ahead-of-time cache. Both steps are the JDK's
 * own: an agent is started as that of an executable jar is (Launcher-Agent-Class,
 * java.lang.instrument), and {@code sun.launcher.LauncherHelper} reads the program's manifest. The
 * worker's command line exports their packages. By method handles: those are in the cache too,
 * where reflection would make new ones at each start, in a tenth of the time that a small server
 * takes.
 */
public final class ProgramMain {
  /** LauncherHelper's LM_JAR: what it is given is an executable jar. */
  private static final int JAR = 2;

  private ProgramMain() {}

  /**
   * Runs the program.
   *
   * @param arguments the path of its jar, then what is for the program
   * @throws Throwable whatever its main throws
   */
  public static void main(String[] arguments) throws Throwable {
    String jar = arguments[0];
    var _ = System.setProperty("java.class.path", jar); // as the program would find it
    MethodHandle loadAgent =
        of("sun.instrument.InstrumentationImpl", "loadAgent", methodType(void.class, String.class));
    loadAgent.invokeExact(Agent.jar().toString());
    MethodHandle loadMain =
        of(
            "sun.launcher.LauncherHelper",
            "checkAndLoadMain",
            methodType(Class.class, boolean.class, int.class, String.class));
    Class<?> type = (Class<?>) loadMain.invokeExact(true, JAR, jar);
    MethodHandle findMain =
        of(
            "jdk.internal.misc.MethodFinder",
            "findMainMethod",
            methodType(Method.class, Class.class));
    run(
        type,
        (Method) findMain.invokeExact(type),
        Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static MethodHandle of(String type, String name, MethodType signature)
      throws ReflectiveOperationException {
    return MethodHandles.lookup().findStatic(Class.forName(type), name, signature);
  }

  /** A main may be an instance's, and take no arguments (JEP 512). */
  private static void run(Class<?> type, Method main, String[] arguments) throws Throwable {
    main.setAccessible(true);
    boolean isStatic = Modifier.isStatic(main.getModifiers());
    if (isStatic && main.getParameterCount() == 1) {
      MethodHandles.lookup().unreflect(main).invokeExact(arguments);
      return;
    }
    try {
      Object instance = isStatic ? null : instanceOf(type);
      var _ =
          main.getParameterCount() == 0
              ? main.invoke(instance)
              : main.invoke(instance, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static Object instanceOf(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
