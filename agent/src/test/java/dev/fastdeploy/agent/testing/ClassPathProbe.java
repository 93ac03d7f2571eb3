package dev.fastdeploy.agent.testing;

import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Prints what an application sees of its class path. Needs nothing but the JDK. Its arguments are
 * names of resources.
 */
public final class ClassPathProbe {

  private ClassPathProbe() {}

  /** A class of which there are two versions in a jar, and which is a service too. */
  public static class Answer implements Supplier<String> {
    @Override
    public String get() {
      return "the base version";
    }
  }

  public static void main(String[] names) throws Exception {
    ClassLoader loader = ClassPathProbe.class.getClassLoader();
    for (String name : names) {
      System.out.println("resource " + name + " = " + loader.getResource(name));
      System.out.println("resources " + name + " = " + Collections.list(loader.getResources(name)));
      try (var in = loader.getResourceAsStream(name)) {
        System.out.println(
            "text = "
                + (in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      }
      URL url = loader.getResource(name);
      System.out.println("by URL = " + (url == null ? -1 : url.openConnection().getLastModified()));
    }
    describe(ClassPathProbe.class);
    Class<?> answer = Class.forName(Answer.class.getName());
    describe(answer);
    List<String> answers = new ArrayList<>();
    for (Supplier<?> each : ServiceLoader.load(Supplier.class)) {
      answers.add(each.getClass().getName() + " says " + each.get());
    }
    System.out.println("services " + answers);
    System.out.println(
        "context "
            + (Thread.currentThread().getContextClassLoader() == loader)
            + " "
            + Thread.currentThread().getThreadGroup().getName()
            + " "
            + Thread.currentThread().getName());
    for (String name :
        List.of("sun.misc.Unsafe", "java.sql.Driver", "javax.tools.Tool", "no.Such")) {
      System.out.println("class " + name + " " + found(name));
    }
    System.out.println("frame " + new Throwable().getStackTrace()[0]);
    System.out.println("assertions " + ClassPathProbe.class.desiredAssertionStatus());
    setUrlFactory();
    System.out.println("manager " + logManager());
  }

  private static void describe(Class<?> type) {
    Package of = type.getPackage();
    System.out.println(
        type.getName()
            + " from "
            + type.getProtectionDomain().getCodeSource().getLocation()
            + " signers "
            + Arrays.toString(type.getProtectionDomain().getCodeSource().getCodeSigners())
            + " module "
            + type.getModule().isNamed()
            + " package "
            + of.getName()
            + " title "
            + of.getImplementationTitle()
            + " version "
            + of.getImplementationVersion()
            + " by "
            + of.getSpecificationVendor()
            + " sealed "
            + of.isSealed()
            + " "
            + (type.getPackage() == ClassPathProbe.class.getPackage()));
  }

  private static String found(String name) {
    try {
      ClassLoader loader = Class.forName(name).getClassLoader();
      return "by " + (loader == null ? null : loader.getClass());
    } catch (ClassNotFoundException missing) {
      return "is missing: " + missing.toString().contains(name);
    }
  }

  private static void setUrlFactory() throws Exception {
    URL.setURLStreamHandlerFactory(
        protocol ->
            protocol.equals("probe")
                ? new URLStreamHandler() {
                  @Override
                  protected URLConnection openConnection(URL url) {
                    throw new IllegalStateException();
                  }
                }
                : null);
    System.out.println("URL " + new URL("probe:x"));
    URLConnection.setContentHandlerFactory(type -> null);
  }

  private static String logManager() {
    System.setProperty("java.util.logging.manager", TestService.OwnLogManager.class.getName());
    return java.util.logging.LogManager.getLogManager().getClass().getName();
  }
}
