package io.sealos.oci.internal.tree;

/** A device number. */
public record Device(int major, int minor) {
    static final Device NONE = new Device(0, 0);
}
