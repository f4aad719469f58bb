package io.sealos.images.internal.gitops;

import io.sealos.images.internal.install.InstalledChart.GivenValue;
import java.util.List;

/**
 * A chart that an object lets its controller install.
 *
 * @param by the object
 * @param name the name of the chart
 * @param version the version, or an empty text
 * @param address the address of the chart, or that of its repository with its name; an empty text if it is not known
 * @param artifact the chart as an artifact in a registry
 * @param release the name of the release
 * @param namespace the namespace of the release
 * @param values the values, in their order
 * @param unknown the values that are not known, in words
 */
record ChartUse(
        SiteObject by,
        String name,
        String version,
        String address,
        OciArtifact artifact,
        String release,
        String namespace,
        List<GivenValue> values,
        List<String> unknown) {
    /** {@return whether any version may be installed} */
    boolean isUnpinned() {
        return version.isEmpty() || version.equals("*") || version.equals("latest") || version.equals("HEAD");
    }

    String shown() {
        return name + (version.isEmpty() ? "" : " " + version);
    }
}
