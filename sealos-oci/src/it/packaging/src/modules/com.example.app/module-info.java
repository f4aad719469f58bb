/** An application that names this library and nothing else. */
module com.example.app {
    requires io.sealos.oci;
}
