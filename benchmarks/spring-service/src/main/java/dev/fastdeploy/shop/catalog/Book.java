package dev.fastdeploy.shop.catalog;

/**
 * A book.
 *
 * @param number in the catalogue, from 0
 * @param title as printed
 * @param subject the shelf that it stands on
 * @param pages how many
 */
public record Book(int number, String title, String subject, int pages) {}
