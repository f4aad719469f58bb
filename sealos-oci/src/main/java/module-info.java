/** Builds, checks and ships cluster images. */
@SuppressWarnings("requires-automatic")
module io.sealos.oci {
    requires transitive io.sealos.images;
    requires transitive io.sealos.kubefile;
    requires transitive io.sealos.layout;
    requires java.net.http;
    requires com.fasterxml.jackson.databind;
    requires re2j;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    // Optional: a program that uses zstd requires it.
    requires static com.github.luben.zstd_jni;
    requires static org.jspecify;
    // Optional: a program that uses io.sealos.oci.jib requires it.
    requires static com.google.cloud.tools.jib;
    requires static com.google.cloud.tools.jib.api.buildplan;

    exports io.sealos.oci;
    exports io.sealos.oci.jib;
    exports io.sealos.oci.trust;
}
