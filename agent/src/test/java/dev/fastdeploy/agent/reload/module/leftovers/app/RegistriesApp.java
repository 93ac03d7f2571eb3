package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.beans.PropertyEditorManager;
import java.beans.PropertyEditorSupport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Tells what it finds in registries that the JDK fills once, and whether it is the first there. */
public final class RegistriesApp implements Runnable {

  @Override
  public void run() {
    System.setProperty("lab.registries", driver() + " " + reader() + " " + editor() + " " + zip());
  }

  private static String driver() {
    try {
      return DriverManager.getDriver("jdbc:lab:").getClass() == FoundDriver.class
          ? "driver"
          : "another's driver";
    } catch (SQLException none) {
      return none.getMessage();
    }
  }

  private static String reader() {
    Iterator<ImageReaderSpi> readers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (readers.hasNext()) {
      if (readers.next() instanceof FoundReader) {
        return "reader";
      }
    }
    return "no reader";
  }

  private static String editor() {
    String found = PropertyEditorManager.findEditor(Thread.class) == null ? "editor" : "another's";
    PropertyEditorManager.registerEditor(Thread.class, Editor.class);
    return found;
  }

  private static String zip() {
    Path jar = Path.of(System.getProperty("lab.release"), "lib.jar");
    try {
      // Left open, as many do.
      FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
      return "zip";
    } catch (FileSystemAlreadyExistsException | IOException failure) {
      return failure.toString();
    }
  }

  /** Of a class of the JDK. */
  public static final class Editor extends PropertyEditorSupport {}
}
