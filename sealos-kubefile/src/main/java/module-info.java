/** The Dockerfile dialect of sealos cluster images: read, evaluated and written. */
@SuppressWarnings("module") // The modules that lean on this one are not there when it is compiled.
module io.sealos.kubefile {
    requires static org.jspecify;

    exports io.sealos.kubefile;
    exports io.sealos.internal.files to
            io.sealos.images,
            io.sealos.layout,
            io.sealos.oci;
    exports io.sealos.internal.text to
            io.sealos.images,
            io.sealos.layout,
            io.sealos.oci;
}
