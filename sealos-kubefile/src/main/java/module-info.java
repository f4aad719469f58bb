/** The Dockerfile dialect of sealos cluster images: read, evaluated and written. */
module io.sealos.kubefile {
    requires static org.jspecify;

    exports io.sealos.kubefile;
}
