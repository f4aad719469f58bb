/** Validates context directories of cluster images by rules, and creates new ones. */
// The module in the qualified export does not exist yet when this one is compiled.
@SuppressWarnings({"requires-automatic", "module"})
module io.sealos.layout {
    requires transitive io.sealos.images;
    requires transitive io.sealos.kubefile;
    requires com.fasterxml.jackson.databind;
    requires re2j;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires static org.jspecify;

    exports io.sealos.layout;
    exports io.sealos.internal.context to
            io.sealos.oci;
}
