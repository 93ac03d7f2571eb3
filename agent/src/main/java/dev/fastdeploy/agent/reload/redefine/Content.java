package dev.fastdeploy.agent.reload.redefine;

/** What a file of a release or an entry of a jar is, as far as its name tells. */
enum Content {
  CLASS("class file"),
  MODULE("module descriptor"),
  JAR("dependency"),
  DIRECTORY("directory"),
  RESOURCE("resource");

  private final String text;

  Content(String text) {
    this.text = text;
  }

  /** By the name, which ends with a slash for a directory of a jar. */
  static Content of(String name) {
    if (name.equals("module-info.class") || name.endsWith("/module-info.class")) {
      return MODULE;
    }
    if (name.endsWith(".class")) {
      return CLASS;
    }
    if (name.endsWith(".jar")) {
      return JAR;
    }
    return name.endsWith("/") ? DIRECTORY : RESOURCE;
  }

  /** For a person. */
  static String named(String name) {
    return of(name).text + " '" + name + "'";
  }
}
