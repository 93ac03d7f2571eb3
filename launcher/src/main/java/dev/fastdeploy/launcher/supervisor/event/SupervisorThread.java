package dev.fastdeploy.launcher.supervisor.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class that is confined to the supervisor's thread, which is the launcher's main thread:
 * it needs no lock, and must not be given to another thread. Other threads post a {@link
 * SupervisorEvent} instead. A test reads this.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SupervisorThread {}
