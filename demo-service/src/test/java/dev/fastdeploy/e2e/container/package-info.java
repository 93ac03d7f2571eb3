/** The service in real containers, which podman and runc make from its Containerfile. */
package dev.fastdeploy.e2e.container;
