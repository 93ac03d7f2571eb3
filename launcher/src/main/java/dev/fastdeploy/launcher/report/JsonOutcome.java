package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.comp.ArrayComposer;
import com.fasterxml.jackson.jr.ob.comp.ObjectComposer;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.InstanceOutcome;
import dev.fastdeploy.launcher.fleet.OldLoadersView;
import dev.fastdeploy.launcher.fleet.Target;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes the fields of an outcome, the same in the report of a deploy and in a status. */
final class JsonOutcome {

  private static final HexFormat HEX = HexFormat.of();

  private JsonOutcome() {}

  static void put(ObjectComposer<?> json, InstanceOutcome outcome) throws IOException {
    json.put("from", outcome.from()).put("result", outcome.result().name());
    putDetails(json, outcome);
  }

  static void putDetails(ObjectComposer<?> json, InstanceOutcome outcome) throws IOException {
    if (!outcome.refusal().isEmpty()) {
      json.put("refusal", outcome.refusal());
    }
    json.put("reason", outcome.reason());
    putDigest(json, outcome.sha256());
    Integer exitCode = outcome.exitCode();
    if (exitCode != null) {
      json.put("exitCode", exitCode.intValue());
    }
    putTexts(json, "lastLines", outcome.lastLines());
    ObjectComposer<?> phases = json.startObjectField("phases");
    for (Map.Entry<String, Long> phase : outcome.phases().entrySet()) {
      phases.put(phase.getKey(), phase.getValue().longValue());
    }
    phases.end();
  }

  /** Writes the digest, or omits it if it is not known. */
  static void putDigest(ObjectComposer<?> json, String sha256) throws IOException {
    if (!sha256.isEmpty()) {
      json.put("sha256", sha256);
    }
  }

  static void put(ObjectComposer<?> json, OldLoadersView loaders) throws IOException {
    json.put("collected", loaders.collected())
        .put("pending", loaders.pending())
        .put("leaked", loaders.leaked())
        .put("metaspaceBytes", loaders.metaspaceBytes());
    putTexts(json, "heldBy", loaders.heldBy());
    putTexts(json, "secondCopies", loaders.secondCopies());
  }

  static void putTexts(ObjectComposer<?> json, String name, List<String> texts) throws IOException {
    ArrayComposer<?> array = json.startArrayField(name);
    for (String text : texts) {
      array.add(text);
    }
    array.end();
  }

  /**
   * Returns the same JSON with everything escaped that a terminal would obey. JSON itself escapes
   * only the control characters of ASCII (RFC 8259, section 7); others can only be in strings.
   */
  static String escaped(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            codePoint -> {
              if (Text.showsAsItIs(codePoint)) {
                escaped.appendCodePoint(codePoint);
              } else {
                for (char unit : Character.toChars(codePoint)) {
                  escaped.append("\\u").append(HEX.toHexDigits(unit));
                }
              }
            });
    return escaped.toString();
  }

  static List<String> names(List<Target> targets) {
    return targets.stream().map(Target::name).toList();
  }
}
