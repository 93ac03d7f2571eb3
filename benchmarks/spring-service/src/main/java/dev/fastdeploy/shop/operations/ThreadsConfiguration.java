package dev.fastdeploy.shop.operations;

import dev.fastdeploy.shop.ShopProperties;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Threads and time. */
@Configuration(proxyBeanMethods = false)
@EnableAsync
@EnableScheduling
class ThreadsConfiguration {

  @Bean
  ThreadPoolTaskExecutor taskExecutor(ShopProperties properties) {
    ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
    executor.setCorePoolSize(properties.workers());
    executor.setThreadNamePrefix("shop-worker-");
    return executor;
  }

  @Bean
  ThreadPoolTaskScheduler taskScheduler() {
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setPoolSize(1);
    scheduler.setThreadNamePrefix("shop-clock-");
    return scheduler;
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
