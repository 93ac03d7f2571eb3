package dev.fastdeploy.agent.reload.redefine;

/**
 * The declaration of one field or record component in a class file.
 *
 * @param text its type and name, for a person
 * @param traits what it declares besides
 */
record FieldOutline(String text, Traits traits) {}
