package io.sealos.oci.internal.build.bill;

import java.util.Optional;

/** The version of this library. */
final class LibraryVersion {
    private LibraryVersion() {}

    /** {@return the version in the manifest of the jar; empty for class files that are not in a jar} */
    static Optional<String> get() {
        return Optional.ofNullable(LibraryVersion.class.getPackage().getImplementationVersion());
    }
}
