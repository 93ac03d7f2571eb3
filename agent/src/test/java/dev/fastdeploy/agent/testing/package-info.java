/** What the agent's tests share: a jar to attach, a service, a launcher's side and a client. */
@NullMarked
package dev.fastdeploy.agent.testing;

import org.jspecify.annotations.NullMarked;
