/** Finds the images that an application runs, in manifests, charts and lists. */
// The modules in the qualified export do not exist yet when this one is compiled.
@SuppressWarnings({"requires-automatic", "module"})
module io.sealos.images {
    requires transitive io.sealos.kubefile;
    requires com.fasterxml.jackson.databind;
    requires re2j;
    requires com.sun.jna;
    requires org.apache.commons.compress;
    requires org.yaml.snakeyaml;
    // May be excluded. The artifacts of the engine have no module descriptors, as re2j: requiring that resolves all.
    requires static lib.api;
    requires static org.jspecify;

    exports io.sealos.images;
    exports io.sealos.internal.chart to
            io.sealos.oci;
    exports io.sealos.internal.json to
            io.sealos.layout,
            io.sealos.oci;
    exports io.sealos.internal.template to
            io.sealos.layout;

    // JNA creates the result of the engine.
    opens io.sealos.images.internal.helm to
            com.sun.jna;
}
