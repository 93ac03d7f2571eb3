package dev.fastdeploy.benchmarks.service;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sources that make a commit of a service: the class {@code Revision}, and whatever the change
 * adds to it.
 *
 * @param inJar sources of classes in the service's own jar, by binary class name
 * @param resources files in that jar, by name
 * @param inPart sources of classes in the release's own library, by binary class name
 * @param flags the file of JVM flags; empty for none
 */
record RevisionSource(
    Map<String, String> inJar,
    Map<String, String> resources,
    Map<String, String> inPart,
    String flags) {

  private static final String PART = "dev.fastdeploy.part.Part";
  private static final String RESOURCE = "revision.txt";
  private static final String PROPERTY = "benchmark.revision";

  RevisionSource {
    inJar = Map.copyOf(inJar);
    resources = Map.copyOf(resources);
    inPart = Map.copyOf(inPart);
  }

  /**
   * The sources of one of two commits.
   *
   * @param second whether it is the one that brings the change
   */
  static RevisionSource of(ServiceKind service, Change change, String commit, boolean second) {
    String in = service.codePackage();
    String text = "\"" + commit + "\"";
    return switch (change) {
      case BODY -> revision(in, "return " + text + ";", "");
      case NEW_METHOD ->
          second
              ? revision(in, "return told();", "static String told() { return " + text + "; }")
              : revision(in, "return " + text + ";", "");
      case NEW_CLASS ->
          second
              ? revision(in, "return Told.told();", "")
                  .with(in + ".Told", type(in, "Told", "told", "return " + text + ";", ""))
              : revision(in, "return " + text + ";", "");
      case STATIC_INITIALISER ->
          revision(in, "return TOLD;", "static String TOLD; static { TOLD = " + text + "; }");
      case RESOURCE -> resource(in, commit);
      case DEPENDENCY -> {
        RevisionSource source = revision(in, "return " + PART + ".told();", "");
        String part = type("dev.fastdeploy.part", "Part", "told", "return " + text + ";", "");
        yield new RevisionSource(source.inJar, Map.of(), Map.of(PART, part), "");
      }
      case JVM_FLAG -> {
        RevisionSource source =
            revision(in, "return System.getProperty(\"" + PROPERTY + "\");", "");
        yield new RevisionSource(
            source.inJar, Map.of(), Map.of(), "-D" + PROPERTY + "=" + commit + "\n");
      }
    };
  }

  private static RevisionSource resource(String in, String commit) {
    RevisionSource source =
        revision(
            in,
            "try (java.io.InputStream in = Revision.class.getResourceAsStream(\""
                + RESOURCE
                + "\")) { return new String(in.readAllBytes()); }"
                + " catch (java.io.IOException e) { return e.toString(); }",
            "");
    return new RevisionSource(
        source.inJar, Map.of(in.replace('.', '/') + "/" + RESOURCE, commit), Map.of(), "");
  }

  private static RevisionSource revision(String in, String body, String more) {
    return new RevisionSource(
        Map.of(in + ".Revision", type(in, "Revision", "commit", body, more)),
        Map.of(),
        Map.of(),
        "");
  }

  private RevisionSource with(String name, String source) {
    Map<String, String> all = new LinkedHashMap<>(inJar);
    all.put(name, source);
    return new RevisionSource(all, resources, inPart, flags);
  }

  private static String type(String in, String name, String method, String body, String more) {
    return "package "
        + in
        + "; public final class "
        + name
        + " { private "
        + name
        + "() {} public static String "
        + method
        + "() { "
        + body
        + " } "
        + more
        + " }";
  }
}
