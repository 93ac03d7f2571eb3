package dev.fastdeploy.shop;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set, below {@code shop}.
 *
 * @param books how many the catalogue holds
 * @param copies of each book at the start
 * @param workers threads for what is done beside a request
 */
@ConfigurationProperties("shop")
public record ShopProperties(
    @DefaultValue("200") int books,
    @DefaultValue("1000000") int copies,
    @DefaultValue("2") int workers) {}
