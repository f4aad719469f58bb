/** Parses, evaluates and writes Kubefiles, the Dockerfile dialect of sealos cluster images. */
@SuppressWarnings("module") // The modules in the qualified exports do not exist yet when this one is compiled.
module io.sealos.kubefile {
    requires static org.jspecify;

    exports io.sealos;
    exports io.sealos.kubefile;
    exports io.sealos.internal.files to
            io.sealos.images,
            io.sealos.layout,
            io.sealos.oci;
    exports io.sealos.internal.overlay to
            io.sealos.images,
            io.sealos.layout,
            io.sealos.oci;
    exports io.sealos.internal.text to
            io.sealos.images,
            io.sealos.layout,
            io.sealos.oci;
}
