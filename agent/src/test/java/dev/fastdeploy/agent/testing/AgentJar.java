package dev.fastdeploy.agent.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * A jar with the agent as it is attached: the root's classes, and the payload with references to
 * {@code java.util.logging} led to the shim and without Netty's natives.
 */
public final class AgentJar {

  private static final String LOGGING = "java/util/logging/";
  private static final String SHIM = "dev/fastdeploy/agent/logging/";

  private static final String PREMAIN = "dev.fastdeploy.agent.Premain";
  private static final String DRIVER = "dev.fastdeploy.agent.ReloadDriver";

  private AgentJar() {}

  /** The jar, made once for all tests of a run. */
  public static Path path() {
    return Made.COMPLETE;
  }

  /** A jar that has lost its payload. */
  public static Path withoutPayload() {
    return Made.WITHOUT_PAYLOAD;
  }

  /**
   * A jar whose agent prepares the strategy {@code module} and is driven by standard input, without
   * anything else of the agent.
   */
  public static Path driven() {
    return Driven.JAR;
  }

  private static final class Driven {
    static final Path JAR = make("driven.jar", DRIVER, true);
  }

  private static final class Made {
    static final Path COMPLETE = make("fastdeploy.jar", PREMAIN, true);
    static final Path WITHOUT_PAYLOAD = make("without-payload.jar", PREMAIN, false);
  }

  private static Path make(String name, String premain, boolean withPayload) {
    try {
      Path directory = Files.createTempDirectory("fastdeploy-agent-jar");
      directory.toFile().deleteOnExit();
      Path jar = directory.resolve(name);
      jar.toFile().deleteOnExit();
      Map<String, byte[]> own = ownClasses();
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream zip = new JarOutputStream(out, manifest(premain))) {
        zip.setLevel(0);
        for (Map.Entry<String, byte[]> entry : own.entrySet()) {
          if (entry.getKey().matches("dev/fastdeploy/(contract/.+|agent/[^/]+)\\.class")) {
            put(zip, entry.getKey(), entry.getValue());
          }
        }
        if (premain.equals(DRIVER)) {
          putDriver(zip);
        }
        if (withPayload) {
          putPayload(zip, own);
        }
      }
      return jar;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Manifest manifest(String premain) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), premain);
    manifest.getMainAttributes().put(new Attributes.Name("Can-Redefine-Classes"), "true");
    manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
    return manifest;
  }

  private static void putDriver(JarOutputStream zip) throws IOException {
    String name = DRIVER.replace('.', '/') + ".class";
    try (InputStream in = AgentJar.class.getClassLoader().getResourceAsStream(name)) {
      put(zip, name, in.readAllBytes());
    }
  }

  private static Map<String, byte[]> ownClasses() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (Path place : RuntimeClassPath.own()) {
      entries.putAll(Files.isDirectory(place) ? files(place) : relocated(place));
    }
    if (!entries.containsKey("dev/fastdeploy/contract/Payload.class")) {
      throw new IllegalStateException("no contract in " + RuntimeClassPath.own());
    }
    return entries;
  }

  private static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      entries.put(directory.relativize(file).toString(), Files.readAllBytes(file));
    }
    return entries;
  }

  private static void putPayload(JarOutputStream zip, Map<String, byte[]> own) throws IOException {
    Map<String, byte[]> payload = new TreeMap<>();
    payload.put("own.jar", jar(own));
    for (Path library : RuntimeClassPath.jars()) {
      payload.put(library.getFileName().toString(), jar(relocated(library)));
    }
    StringBuilder index = new StringBuilder();
    Map<String, StringBuilder> packages = new TreeMap<>();
    int place = 0;
    for (Map.Entry<String, byte[]> entry : payload.entrySet()) {
      for (String holder : holders(entry.getValue())) {
        packages.computeIfAbsent(holder, name -> new StringBuilder(name)).append(' ').append(place);
      }
      place++;
      put(zip, "payload/" + entry.getKey(), entry.getValue());
      index
          .append(sha256(entry.getValue()))
          .append(' ')
          .append(entry.getValue().length)
          .append(' ')
          .append(entry.getKey())
          .append('\n');
    }
    put(zip, "payload/index", index.toString().getBytes(StandardCharsets.UTF_8));
    String lines = String.join("\n", packages.values());
    put(zip, "payload/packages", lines.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the directories and the service files of a jar. */
  private static Set<String> holders(byte[] jar) throws IOException {
    Set<String> holders = new TreeSet<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().replaceFirst("^META-INF/versions/\\d+/", "");
        int end = name.lastIndexOf('/');
        holders.add(
            name.startsWith("META-INF/services/") ? name : end < 0 ? "/" : name.substring(0, end));
      }
    }
    return holders;
  }

  private static Map<String, byte[]> relocated(Path library) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (InputStream in = Files.newInputStream(library);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (entry.isDirectory() || name.startsWith("META-INF/native/")) {
          continue;
        }
        byte[] bytes = zip.readAllBytes();
        boolean logs = new String(bytes, StandardCharsets.ISO_8859_1).contains(LOGGING);
        entries.put(name, name.endsWith(".class") && logs ? relocated(bytes) : bytes);
      }
    }
    return entries;
  }

  private static byte[] relocated(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassRemapper(
                writer,
                new Remapper(Opcodes.ASM9) {
                  @Override
                  public String map(String name) {
                    return name.startsWith(LOGGING)
                        ? SHIM + name.substring(LOGGING.length())
                        : name;
                  }
                }),
            0);
    return writer.toByteArray();
  }

  private static byte[] jar(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream zip = new JarOutputStream(bytes)) {
      zip.setLevel(0);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void put(JarOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
