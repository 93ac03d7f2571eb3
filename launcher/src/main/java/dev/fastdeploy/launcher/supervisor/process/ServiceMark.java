package dev.fastdeploy.launcher.supervisor.process;

import dev.fastdeploy.contract.ProcessContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The mark of a launcher in the environment of its service, and of everything that the service
 * starts. It is unique to the launcher, even where several share their processes or take turns in a
 * home.
 *
 * @param value a string that no user would write
 */
public record ServiceMark(String value) {

  private static final Path RANDOM = Path.of("/proc/sys/kernel/random/uuid");

  /** The mark of init tasks: they came before the service, and may leave processes behind. */
  public static final ServiceMark OF_INIT_TASKS = new ServiceMark("init");

  /** Creates a mark. It is the kernel's UUID, since the JDK's needs half a megabyte of classes. */
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

  /** Returns the mark as an entry of an environment. */
  public String assignment() {
    return ProcessContract.MARK + '=' + value;
  }
}
