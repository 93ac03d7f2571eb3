package dev.fastdeploy.agent.reload.redefine;

/** The kind of a file in a release or of an entry in a jar, judged by its name. */
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

  /** Returns the kind by the name, which ends with a slash for a directory in a jar. */
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

  /** Returns the name for a person. */
  static String named(String name) {
    return of(name).text + " '" + name + "'";
  }
}
