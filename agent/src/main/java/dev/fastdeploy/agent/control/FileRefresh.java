package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads files again when one of them has changed. While they cannot be used, those loaded before
 * stay in use: a certificate and its key are never replaced at the same moment. For one thread at a
 * time.
 */
final class FileRefresh implements Runnable {

  private final String what;
  private final List<Path> files;
  private final Load load;
  private List<FileVersion> loaded = List.of();
  private String lastComplaint = "";

  /**
   * @param what description of the files, for the message
   */
  FileRefresh(String what, List<Path> files, Load load) {
    this.what = what;
    this.files = List.copyOf(files);
    this.load = load;
  }

  /**
   * Loads them for the first time.
   *
   * @throws IOException if that fails, with a message for the user
   */
  void first() throws IOException {
    try {
      loadIfChanged();
    } catch (IOException | GeneralSecurityException | RuntimeException failure) {
      throw new IOException(complaint(failure), failure);
    }
  }

  @Override
  public void run() {
    try {
      loadIfChanged();
      lastComplaint = "";
    } catch (IOException | GeneralSecurityException | RuntimeException | Error failure) {
      // Errors too: a periodic task that throws is not run again.
      String complaint = complaint(failure) + "; the ones before are used";
      if (!complaint.equals(lastComplaint)) {
        lastComplaint = complaint;
        Diagnostics.say(complaint);
      }
    }
  }

  private void loadIfChanged() throws IOException, GeneralSecurityException {
    List<FileVersion> now = new ArrayList<>();
    for (Path file : files) {
      now.add(FileVersion.of(file));
    }
    if (!now.equals(loaded)) {
      for (int i = 0; i < now.size(); i++) {
        requireTrusted(files.get(i), now.get(i));
      }
      load.load();
      loaded = now;
    }
  }

  private static void requireTrusted(Path file, FileVersion version) throws IOException {
    try {
      FileTrust.require(file, version);
    } catch (FileTrust.Refused refused) {
      throw new IOException("'" + file + "' " + refused.getMessage(), refused);
    }
  }

  private String complaint(Throwable failure) {
    return what + " cannot be used: " + Diagnostics.reason(failure);
  }

  /** Reads the files. */
  @FunctionalInterface
  interface Load {
    void load() throws IOException, GeneralSecurityException;
  }
}
