/** The standard directory of a cluster image: its model, its scaffold and its rules. */
module io.sealos.layout {
    requires transitive io.sealos.images;
    requires transitive io.sealos.kubefile;
    requires com.fasterxml.jackson.databind;
    requires com.google.re2j;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires static org.jspecify;

    exports io.sealos.layout;
}
