/** Builds, checks and ships cluster images. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.sealos.oci {
    requires transitive io.sealos.images;
    requires transitive io.sealos.kubefile;
    requires transitive io.sealos.layout;
    requires java.net.http;
    requires com.fasterxml.jackson.databind;
    requires re2j;
    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires static org.jspecify;
    requires static transitive com.google.cloud.tools.jib;
    requires static transitive com.google.cloud.tools.jib.api.buildplan;

    exports io.sealos.oci;
    exports io.sealos.oci.jib;
}
