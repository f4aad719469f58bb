package io.sealos.oci.internal.transport;

/** An image at a registry: its name as messages show it, the registry's name and the path there. */
public record RemoteImage(String name, String registry, String repository) {}
