package dev.fastdeploy.launcher.supervisor.process;

import dev.fastdeploy.contract.ProcessContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the environment of a service, and of all that it starts, tells of its launcher. It is no
 * other launcher's, also where several share their processes or take turns in a home.
 *
 * @param value nothing that a user would write
 */
public record ServiceMark(String value) {

  private static final Path RANDOM = Path.of("/proc/sys/kernel/random/uuid");

  /** The mark of init tasks: they came before the service, and may leave processes behind. */
  public static final ServiceMark OF_INIT_TASKS = new ServiceMark("init");

  /** A new one. The kernel's, since the JDK's needs half a megabyte of classes. */
  public static ServiceMark create() {
    try {
      return new ServiceMark(Files.readString(RANDOM).strip());
    } catch (IOException hardenedProc) {
      return new ServiceMark(
          Long.toHexString(ProcessHandle.current().pid())
              + '-'
              + Integer.toHexString(new Object().hashCode())
              + '-'
              + Long.toHexString(System.nanoTime()));
    }
  }

  /** Returns true if there is one: a launcher of an older version marked nothing. */
  public boolean known() {
    return !value.isEmpty();
  }

  /** It as an entry of an environment. */
  public String assignment() {
    return ProcessContract.MARK + '=' + value;
  }
}
