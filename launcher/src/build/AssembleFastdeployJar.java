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
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Makes {@code fastdeploy.jar}, at build time, from the launcher's jar and what it needs at run
 * time:
 *
 * <ul>
 *   <li>at its root the classes that need nothing but the JDK, and their native library;
 *   <li>below {@code payload/} the jars, stored, with an index of their digests and one of their
 *       packages. Natives for machines that fastdeploy does not run on are left out, and references
 *       to {@code java.util.logging} are led to a shim, because its first use would take the log
 *       manager from the application;
 *   <li>below {@code payload-fleet/} in the same way what no instance needs: what lists the
 *       instances of a fleet for the command.
 * </ul>
 *
 * <p>The same input gives the same bytes. Usage: {@code AssembleFastdeployJar CLASSPATH-FILE
 * LAUNCHER-JAR OUTPUT VERSION}.
 */
public final class AssembleFastdeployJar {

  private static final Pattern ROOT =
      Pattern.compile(
          "dev/fastdeploy/(contract/.+|agent/[^/]+|agent/listening/.+|launcher/[^/]+|launcher/supervisor/.+)\\.(class|so)");
  private static final Pattern OURS = Pattern.compile("fastdeploy-(proto|agent|launcher)-.*\\.jar");
  private static final Pattern FLEET = Pattern.compile("(ecs|jedis)-[0-9.]+\\.jar");
  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)|META-INF/native/.*");
  private static final Pattern KEPT_NATIVE =
      Pattern.compile(
          "(linux/(amd64|aarch64)/libzstd-jni.*|dev/fastdeploy/contract/descriptors/.+)\\.so");

  /**
   * The agent has a service of its own, on whose connections the application's defaults have no
   * say.
   */
  private static final Pattern HTTP_SERVICE =
      Pattern.compile("META-INF/services/software\\.amazon\\.awssdk\\.http\\.SdkHttpService");

  private static final Pattern VERSION = Pattern.compile("META-INF/versions/\\d+/");

  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private static final String LOGGING = "java/util/logging/";
  private static final String SHIM = "dev/fastdeploy/agent/logging/";

  /** The earliest time that a zip entry can carry without an extra field. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private AssembleFastdeployJar() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, byte[]> root = new TreeMap<>();
    Map<String, byte[]> payload = new TreeMap<>();
    Map<String, byte[]> fleet = new TreeMap<>();
    for (String path : jars(arguments)) {
      Path jar = Path.of(path);
      String name = jar.getFileName().toString();
      Map<String, byte[]> entries = entries(jar);
      if (OURS.matcher(name).matches()) {
        entries.forEach(
            (entry, bytes) -> {
              if (ROOT.matcher(entry).matches()) {
                root.put(entry, bytes);
              }
            });
      }
      (FLEET.matcher(name).matches() ? fleet : payload).put(name, jar(entries));
    }
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[2]));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      put(zip, "META-INF/MANIFEST.MF", manifest(arguments[3]), false);
      for (Map.Entry<String, byte[]> entry : root.entrySet()) {
        put(zip, entry.getKey(), entry.getValue(), false);
      }
      putFolder(zip, "payload/", payload);
      put(zip, "payload/packages", packages(payload), false);
      putFolder(zip, "payload-fleet/", fleet);
    }
  }

  private static void putFolder(ZipOutputStream zip, String folder, Map<String, byte[]> jars)
      throws IOException {
    put(zip, folder + "index", index(jars), false);
    for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
      put(zip, folder + jar.getKey(), jar.getValue(), true);
    }
  }

  private static List<String> jars(String[] arguments) throws IOException {
    List<String> jars = new ArrayList<>();
    jars.add(arguments[1]);
    jars.addAll(Arrays.asList(Files.readString(Path.of(arguments[0])).strip().split(":")));
    return jars;
  }

  private static byte[] manifest(String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, "dev.fastdeploy.launcher.Main");
    attributes.put(new Attributes.Name("Premain-Class"), "dev.fastdeploy.agent.Premain");
    // For the launcher as PID 1: see OrphanReaper. The JVM reads it of the jar that it runs only.
    attributes.put(new Attributes.Name("Add-Opens"), "java.base/java.lang");
    // The in-JVM strategies replace method bodies and what classes call.
    attributes.put(new Attributes.Name("Can-Redefine-Classes"), "true");
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    // zstd's native library, in the command; JDK 24 and later warn of it otherwise (JEP 472).
    attributes.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
    attributes.put(Attributes.Name.IMPLEMENTATION_TITLE, "fastdeploy");
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static byte[] index(Map<String, byte[]> jars) {
    StringBuilder index = new StringBuilder();
    jars.forEach(
        (name, bytes) ->
            index
                .append(sha256(bytes))
                .append(' ')
                .append(bytes.length)
                .append(' ')
                .append(name)
                .append('\n'));
    return index.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Tells which jars hold which directory or service file, as LibraryIndex reads it. */
  private static byte[] packages(Map<String, byte[]> jars) throws IOException {
    Map<String, TreeSet<Integer>> holders = new TreeMap<>();
    int place = 0;
    for (byte[] jar : jars.values()) {
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          // What a release of the JDK has in addition is found by its usual name.
          String name = VERSION.matcher(entry.getName()).replaceFirst("");
          int end = name.lastIndexOf('/');
          String key =
              name.startsWith("META-INF/services/") ? name : end < 0 ? "/" : name.substring(0, end);
          holders.computeIfAbsent(key, first -> new TreeSet<>()).add(place);
        }
      }
      place++;
    }
    StringBuilder packages = new StringBuilder();
    holders.forEach(
        (key, places) -> {
          packages.append(key);
          places.forEach(one -> packages.append(' ').append(one));
          packages.append('\n');
        });
    return packages.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> entries(Path jar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (InputStream in = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        boolean unwantedNative =
            NATIVE.matcher(name).matches() && !KEPT_NATIVE.matcher(name).matches();
        boolean otherService =
            HTTP_SERVICE.matcher(name).matches()
                && !OURS.matcher(jar.getFileName().toString()).matches();
        if (!entry.isDirectory()
            && !unwantedNative
            && !otherService
            && !SIGNATURE.matcher(name).matches()) {
          byte[] bytes = zip.readAllBytes();
          entries.put(name, name.endsWith(".class") ? withoutLogging(name, bytes) : bytes);
        }
      }
    }
    return entries;
  }

  private static byte[] withoutLogging(String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.contains("java/util/logging") || name.startsWith(SHIM)) {
      return bytes;
    }
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassRemapper(
            writer,
            new Remapper(Opcodes.ASM9) {
              @Override
              public String map(String internalName) {
                return internalName.startsWith(LOGGING)
                    ? SHIM + internalName.substring(LOGGING.length())
                    : internalName;
              }
            }),
        0);
    return writer.toByteArray();
  }

  private static byte[] jar(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      byte[] manifest = entries.get("META-INF/MANIFEST.MF");
      if (manifest != null) {
        put(zip, "META-INF/MANIFEST.MF", manifest, false);
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        if (!entry.getKey().equals("META-INF/MANIFEST.MF")) {
          put(zip, entry.getKey(), entry.getValue(), false);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes, boolean stored)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    new ByteArrayInputStream(bytes).transferTo(zip);
    zip.closeEntry();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
