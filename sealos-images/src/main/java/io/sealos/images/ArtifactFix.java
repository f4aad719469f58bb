package io.sealos.images;

/** Determines how an object must name an artifact that is in the registry of an air-gapped site. */
final class ArtifactFix {
    private static final String SITE = "sealos.hub:5000/";
    private static final String LOCALHOST = "localhost";

    private ArtifactFix() {}

    /**
     * {@return the fix}
     *
     * @param object the kind of the object, with its name
     */
    static String of(String object, ImageReference artifact) {
        boolean local = artifact.registry().equals(LOCALHOST);
        String path = (local ? LOCALHOST + "/" : "") + artifact.repository();
        return "save artifacts, too (saveArtifacts), and let the object name the registry of the site, such as "
                + names(object.substring(0, Math.max(0, object.indexOf(' '))), path);
    }

    private static String names(String kind, String path) {
        String address = SITE + path;
        String directory = SITE + path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return switch (kind) {
            case "HelmRelease" ->
                "oci://" + directory + " in a HelmRepository, or oci://" + address
                        + " in an OCIRepository, with insecure: true and its login in secretRef";
            case "OCIRepository" -> "oci://" + address + ", with insecure: true and its login in secretRef";
            case "HelmChart" -> "oci://" + address + ", with plainHTTP: true and its login in dockerRegistrySecret";
            case "Application", "ApplicationSet" ->
                address + ", with a repository Secret that has insecureOCIForceHttp: \"true\" and its login";
            default -> address + ", with its login, and over TLS if the controller requires that";
        };
    }
}
