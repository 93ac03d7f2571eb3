package dev.fastdeploy.agent.reload.redefine;

/**
 * What a class file says about one field or record component.
 *
 * @param text its type and name, for a person
 * @param traits what it declares besides
 */
record FieldOutline(String text, Traits traits) {}
