package io.sealos.internal.chart;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;

/** The version of helm-java, which renders charts by default. */
public final class EngineVersion {
    private static final String PROPERTIES = "META-INF/maven/com.marcnuri.helm-java/helm-java/pom.properties";

    private EngineVersion() {}

    /** {@return the version on the class path; empty if it is missing, or in an archive that does not name it} */
    public static Optional<String> get() {
        ClassLoader loader = EngineVersion.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(PROPERTIES)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException | IllegalArgumentException e) {
            // The version is only information.
            return Optional.empty();
        }
    }
}
