package dev.fastdeploy.release.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Blobs in memory. */
class MemoryBlobs implements BlobStore {

  final Map<String, byte[]> contents = new TreeMap<>();

  void put(String name, String content) {
    contents.put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Optional<byte[]> content(String name) {
    return Optional.ofNullable(contents.get(name));
  }

  @Override
  public Optional<byte[]> head(String name) {
    return content(name);
  }

  @Override
  public Optional<Long> size(String name) {
    return content(name).map(bytes -> (long) bytes.length);
  }

  @Override
  public InputStream open(String name, long size) throws IOException {
    return new ByteArrayInputStream(content(name).orElseThrow());
  }

  @Override
  public void prepareFor(Path content) {}

  @Override
  public boolean putIfAbsent(String name, Path content, Checksum checksum) throws IOException {
    return putIfAbsent(name, Files.readAllBytes(content));
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    return contents.putIfAbsent(name, content) == null;
  }

  @Override
  public void remove(String name) {
    contents.remove(name);
  }

  @Override
  public String place(String name) {
    return "'" + name + "'";
  }

  @Override
  public IOException explain(String what, IOException failure) {
    return failure;
  }

  @Override
  public void close() {}
}
