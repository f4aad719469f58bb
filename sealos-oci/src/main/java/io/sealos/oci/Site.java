package io.sealos.oci;

import io.sealos.internal.text.ArgumentList;
import io.sealos.kubefile.Platform;
import java.util.List;
import java.util.Objects;

/**
 * A site for which a cluster image is verified. It has a control host, on which sealos runs and copies
 * {@code registry/}, and nodes, which pull images from the copy. The platform of the control host matters, because
 * sealos copies the tag of an index as the image for this platform.
 *
 * <p>Two sites are equal if they have the same platforms. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Site {
    private static final List<Platform> HOSTS = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));

    private final List<Platform> hosts;
    private final List<Platform> nodes;

    private Site(List<Platform> hosts, List<Platform> nodes) {
        this.hosts = hosts;
        this.nodes = nodes;
    }

    /**
     * {@return a site whose control host may have the platform {@code linux/amd64} or {@code linux/arm64}; both are
     * verified}
     */
    public static Site ofAnyHost() {
        return new Site(HOSTS, List.of());
    }

    /**
     * {@return a site with a control host of the given platform}
     *
     * @param platform the platform in the form {@code os/architecture[/variant]}, such as {@code linux/arm64}
     * @throws IllegalArgumentException if it has another form
     */
    public static Site ofHost(String platform) {
        return new Site(List.of(Platform.parse(platform)), List.of());
    }

    /**
     * {@return a site with the same control host and with nodes of the given platforms} By default, nodes have the
     * platform of the verified image, or {@code linux/amd64} for a directory.
     *
     * @param platforms the platforms in the form {@code os/architecture[/variant]}, such as {@code linux/amd64}
     * @throws IllegalArgumentException if some of them have another form; the message lists all of them
     */
    public Site withNodes(String... platforms) {
        List<Platform> wanted = ArgumentList.parsed("platforms", platforms, Platform::parse);
        return new Site(hosts, wanted.stream().distinct().toList());
    }

    /** {@return the platforms that the control host may have} */
    public List<Platform> hosts() {
        return hosts;
    }

    /** {@return the platforms of the nodes; empty if nodes have the platform of the image} */
    public List<Platform> nodes() {
        return nodes;
    }

    List<Platform> nodesOr(Platform otherwise) {
        return nodes.isEmpty() ? List.of(otherwise) : nodes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Site that && hosts.equals(that.hosts) && nodes.equals(that.nodes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hosts, nodes);
    }

    /** {@return a description, such as {@code control host for linux/amd64, nodes for linux/arm64}} */
    @Override
    public String toString() {
        return "control host for " + joined(hosts, " or ") + ", nodes for "
                + (nodes.isEmpty() ? "the platform of the image" : joined(nodes, " and "));
    }

    private static String joined(List<Platform> platforms, String word) {
        return String.join(word, platforms.stream().map(Platform::toString).toList());
    }
}
