package io.sealos.images.internal.finder;

import java.util.Set;

/** Recognizes images that are not container images: those of machines and disks, and pictures. */
final class MachineImages {
    private static final Set<String> MACHINES = Set.of("machine", "machines", "ami", "vm", "vms");
    private static final Set<String> OTHERS = Set.of(
            "os",
            "disk",
            "boot",
            "iso",
            "kernel",
            "firmware",
            "guest",
            "root",
            "cloud",
            "snapshot",
            "background",
            "logo",
            "icon",
            "favicon",
            "cover",
            "avatar",
            "banner",
            "thumbnail",
            "preview",
            "profile",
            "splash",
            "hero",
            "picture",
            "photo",
            "wallpaper");

    /** The fields beside an image that say that it is an image of a machine or a block device. */
    private static final Set<String> SIBLINGS = Set.of(
            "flavor",
            "instanceType",
            "machineType",
            "serverType",
            "vmSize",
            "vcpus",
            "sshKeyName",
            "sshKeys",
            "datastore",
            "diskSize",
            "bootDisk",
            "pool",
            "imageFormat",
            "imageFeatures");

    private MachineImages() {}

    /**
     * {@return whether the image that a key names may be such an image, which is unlikely if it has a path and a tag}
     */
    static boolean isOne(VisitedMapping mapping, String key) {
        boolean beside = mapping.node().entries().stream().anyMatch(it -> SIBLINGS.contains(it.key()));
        if (mapping.kind() == ObjectKind.MACHINE
                || beside
                || KeyWords.of(key).stream().anyMatch(it -> MACHINES.contains(it) || OTHERS.contains(it))) {
            return true;
        }
        for (VisitedMapping around = mapping; around != null; around = around.parent()) {
            if (KeyWords.of(around.path().lastKey()).stream().anyMatch(MACHINES::contains)) {
                return true;
            }
        }
        return false;
    }
}
