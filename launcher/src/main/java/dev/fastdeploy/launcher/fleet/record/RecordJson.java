package dev.fastdeploy.launcher.fleet.record;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.plan.Share;
import java.io.IOException;
import java.io.Serial;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java records as JSON, by the names of their components, so that a person can read what the
 * store holds. An object of a sealed type names its record ({@code is}). A record of one text
 * becomes that text, a duration its milliseconds, a time ISO 8601, a share what a user would write.
 * A missing component reads as null, zero, empty or false, so that a later version can add to a
 * record. Thread-safe.
 */
final class RecordJson {

  /**
   * The format, raised when an earlier version would misread what is written or cannot read it: a
   * record of a sealed type, or a constant, that it does not have. Adding a component does not
   * raise it, because an earlier version skips it.
   */
  static final int FORMAT = 1;

  private static final String KIND = "is";
  private static final String FORMAT_KEY = "format";

  private RecordJson() {}

  static byte[] write(Record value) {
    try {
      return JSON.std.asBytes(tree(value));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes a record together with the format, which covers everything that belongs to it. */
  static byte[] writeWithFormat(Record value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(FORMAT_KEY, FORMAT);
    object(value, object);
    try {
      return JSON.std.asBytes(object);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads a record.
   *
   * @param place where it is, for the message
   * @throws IOException if it is not a record of that type, with a message for the user
   */
  static <T> T read(Class<T> type, byte[] json, String place) throws IOException {
    try {
      if (json.length == 0) {
        throw new IllegalArgumentException("it is empty");
      }
      Object tree = JSON.std.anyFrom(json);
      requireFormat(tree, place);
      Object read = value(type, tree);
      if (read == null) {
        throw new IllegalArgumentException("it is empty");
      }
      return type.cast(read);
    } catch (NewerFormatException newer) {
      throw newer;
    } catch (IOException | RuntimeException malformed) {
      throw new IOException(
          place
              + " is not what this version of fastdeploy writes there ("
              + Text.shortened(reason(malformed), 200)
              + "); use the version that began this deploy, or see docs/fleet.md",
          malformed);
    }
  }

  /** Returns the reason without the parser's words, which are for programmers. */
  private static String reason(Exception malformed) {
    if (malformed instanceof JsonEOFException) {
      return "it is cut off";
    }
    if (malformed instanceof JacksonException parser) {
      JsonLocation at = parser.getLocation();
      return "it is not JSON"
          + (at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
    return malformed instanceof ClassCastException
        ? "a value has the wrong type"
        : String.valueOf(malformed.getMessage());
  }

  private static void requireFormat(@Nullable Object tree, String place)
      throws NewerFormatException {
    if (tree instanceof Map<?, ?> object
        && object.get(FORMAT_KEY) instanceof Number format
        && format.longValue() > FORMAT) {
      throw new NewerFormatException(
          place
              + " is written in the format "
              + format
              + " of a newer version of fastdeploy, and this version reads none above "
              + FORMAT
              + "; update fastdeploy here");
    }
  }

  /** Says that only a newer version can read something. */
  private static final class NewerFormatException extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    NewerFormatException(String message) {
      super(message);
    }
  }

  private static Object tree(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis();
    } else if (value instanceof Share || value instanceof Instant) {
      return value.toString();
    } else if (value instanceof Enum<?> constant) {
      return constant.name();
    } else if (value instanceof Collection<?> many) {
      List<Object> list = new ArrayList<>();
      many.forEach(one -> list.add(tree(one)));
      return list;
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = new LinkedHashMap<>();
      map.forEach((key, one) -> object.put(String.valueOf(tree(key)), tree(one)));
      return object;
    } else if (value instanceof Record of) {
      return object(of);
    }
    return value;
  }

  private static Object object(Record value) {
    Class<?> type = value.getClass();
    if (isText(type)) {
      return String.valueOf(get(type.getRecordComponents()[0], value));
    }
    return object(value, new LinkedHashMap<>());
  }

  private static Map<String, Object> object(Record value, Map<String, Object> object) {
    Class<?> type = value.getClass();
    if (sealedParent(type)) {
      object.put(KIND, type.getSimpleName());
    }
    for (RecordComponent component : type.getRecordComponents()) {
      Object part = get(component, value);
      if (part != null) {
        object.put(component.getName(), tree(part));
      }
    }
    return object;
  }

  private static boolean sealedParent(Class<?> type) {
    for (Class<?> parent : type.getInterfaces()) {
      if (parent.isSealed()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isText(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1 && components[0].getType() == String.class && !sealedParent(type);
  }

  private static @Nullable Object get(RecordComponent component, Object of) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static @Nullable Object value(Type declared, @Nullable Object json) {
    Class<?> type =
        (Class<?>) (declared instanceof ParameterizedType of ? of.getRawType() : declared);
    if (json == null) {
      return absent(type);
    } else if (type == String.class) {
      return (String) json;
    } else if (type == int.class || type == Integer.class) {
      return Math.toIntExact(((Number) json).longValue());
    } else if (type == long.class) {
      return ((Number) json).longValue();
    } else if (type == boolean.class) {
      return (Boolean) json;
    } else if (type == Duration.class) {
      return Duration.ofMillis(((Number) json).longValue());
    } else if (type == Instant.class) {
      return Instant.parse((String) json);
    } else if (type == Share.class) {
      return Share.parse((String) json);
    } else if (type.isEnum()) {
      return constant(type, (String) json);
    } else if (declared instanceof ParameterizedType many) {
      return many(type, many.getActualTypeArguments(), json);
    } else if (type.isRecord() && isText(type)) {
      return construct(type, new Object[] {(String) json});
    }
    return record(kind(type, (Map<?, ?>) json), (Map<?, ?>) json);
  }

  private static @Nullable Object absent(Class<?> type) {
    if (type == List.class) {
      return List.of();
    } else if (type == Set.class) {
      return Set.of();
    } else if (type == Map.class) {
      return Map.of();
    } else if (type == String.class) {
      return "";
    } else if (type == boolean.class) {
      return false;
    } else if (type == int.class) {
      return 0;
    } else if (type == long.class) {
      return 0L;
    } else if (type == Duration.class) {
      return Duration.ZERO;
    }
    return null;
  }

  private static Object many(Class<?> type, Type[] of, Object json) {
    if (type == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      ((Map<?, ?>) json).forEach((key, one) -> map.put(there(of[0], key), there(of[1], one)));
      return map;
    }
    Collection<Object> many = type == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
    ((List<?>) json).forEach(one -> many.add(there(of[0], one)));
    return many;
  }

  private static Object there(Type type, Object json) {
    Object value = value(type, json);
    if (value == null) {
      throw new IllegalArgumentException("a value is missing in a list");
    }
    return value;
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is not a " + type.getSimpleName());
  }

  private static Class<?> kind(Class<?> type, Map<?, ?> json) {
    if (!type.isSealed()) {
      return type;
    }
    Object kind = json.get(KIND);
    for (Class<?> one : type.getPermittedSubclasses()) {
      if (one.getSimpleName().equals(kind)) {
        return one;
      }
    }
    throw new IllegalArgumentException("'" + kind + "' is not a " + type.getSimpleName());
  }

  private static Object record(Class<?> type, Map<?, ?> json) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException("a " + type.getSimpleName() + " cannot be written");
    }
    Object[] parts = new Object[components.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = value(components[i].getGenericType(), json.get(components[i].getName()));
    }
    return construct(type, parts);
  }

  private static Object construct(Class<?> type, @Nullable Object[] parts) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(parts);
    } catch (InvocationTargetException refused) {
      Throwable cause = refused.getTargetException();
      throw new IllegalArgumentException(String.valueOf(cause.getMessage()), cause);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
