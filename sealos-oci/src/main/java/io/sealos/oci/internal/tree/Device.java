package io.sealos.oci.internal.tree;

/** The number of a device. */
public record Device(int major, int minor) {
    static final Device NONE = new Device(0, 0);
}
