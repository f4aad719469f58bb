package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.delta.DeltaNeeds;
import io.sealos.oci.internal.delta.DeltaSizes;
import io.sealos.oci.internal.delta.Need;
import io.sealos.oci.internal.delta.PlannedDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Determines which blobs of a registry directory a delta image leaves out: layers that the site has in each of the
 * repositories that link to them. Manifests, indexes and configurations are always kept, because sealos reads them from
 * the image.
 */
final class DeltaAnalysis {
    private static final String REPOSITORIES = "registry/docker/registry/v2/repositories/";
    private static final String LAYERS = "/_layers/";
    private static final int MAX_DEPTH = 8;

    private final RegistryView view;
    private final Set<Digest> fixed;
    private final List<ContainedImage> images;
    private final SortedMap<Digest, SortedSet<String>> links = new TreeMap<>();
    private final Set<String> layers = new HashSet<>();
    private final Set<String> documents = new HashSet<>();

    /**
     * Creates an analysis.
     *
     * @param fixed the blobs in layers that are not changed, because they are those of a base image in FROM
     */
    DeltaAnalysis(RegistryContents contents, Set<Digest> fixed) {
        this.fixed = fixed;
        this.view = contents.view();
        this.images = contents.images().images();
        view.files().forEach((path, file) -> {
            addLink(path, file);
            addDocument(file.document());
        });
    }

    /** {@return the sizes of a delta image, whose configuration names its bases} */
    static DeltaSizes sizes(RegistryContents contents, DeltaNeeds needs, JsonNode config) {
        String label =
                config.path("config").path("Labels").path(DeltaFiles.BASE).asText("");
        List<Digest> bases = new ArrayList<>();
        for (String base : label.split(",", -1)) {
            bases.addAll(digest(base));
        }
        return new DeltaAnalysis(contents, Set.of()).sizes(bases, needs.digests());
    }

    private void addLink(String path, RegistryFile file) {
        int end = path.lastIndexOf(LAYERS);
        if (end > 0 && path.startsWith(REPOSITORIES) && !file.link().isEmpty()) {
            String repository = path.substring(REPOSITORIES.length(), end);
            digest(file.link())
                    .forEach(digest -> links.computeIfAbsent(digest, added -> new TreeSet<>())
                            .add(repository));
        }
    }

    /** {@return a digest in a list; an empty list for another text} */
    static List<Digest> digest(String link) {
        try {
            return List.of(Digest.parse(link));
        } catch (IllegalArgumentException e) {
            // A broken link, which RegistryCheck reports.
            return List.of();
        }
    }

    private void addDocument(@Nullable RegistryDocument document) {
        if (document != null) {
            documents.add(document.digest().toString());
            List<String> blobs = document.blobs();
            documents.addAll(blobs.subList(0, Math.min(1, blobs.size())));
            layers.addAll(blobs.subList(Math.min(1, blobs.size()), blobs.size()));
        }
    }

    /** {@return the blobs that may be left out at a site with the given blobs} */
    Set<Digest> known(List<BlobInventory> site) {
        Set<Digest> known = new TreeSet<>();
        links.forEach((digest, repositories) -> {
            if (isLayer(digest) && repositories.stream().allMatch(it -> has(site, it, digest))) {
                known.add(digest);
            }
        });
        return known;
    }

    private static boolean has(List<BlobInventory> site, String repository, Digest digest) {
        return site.stream().anyMatch(inventory -> inventory.has(repository, digest));
    }

    private boolean isLayer(Digest digest) {
        String text = digest.toString();
        return layers.contains(text) && !fixed.contains(digest) && !documents.contains(text) && view.size(text) >= 0;
    }

    /** {@return the blobs of this directory} */
    Set<Digest> blobs() {
        return links.keySet();
    }

    /** {@return the delta that leaves out the given blobs} */
    PlannedDelta without(Set<Digest> leftOut, List<SiteBlobs> bases, List<Platform> hosts) {
        List<String> names = bases.stream().map(SiteBlobs::toString).toList();
        List<Digest> digests = bases.stream().map(SiteBlobs::digest).toList();
        DeltaNeeds needs = new DeltaNeeds(names, needs(leftOut), arriving(hosts));
        return new PlannedDelta(needs, sizes(digests, leftOut));
    }

    private List<Need> needs(Set<Digest> leftOut) {
        List<Need> needs = new ArrayList<>();
        links.forEach((digest, repositories) -> {
            if (leftOut.contains(digest)) {
                long size = view.size(digest.toString());
                repositories.forEach(repository -> needs.add(new Need(repository, digest, size)));
            }
        });
        return needs;
    }

    /** {@return the manifests to which tags point after any host has copied the directory} */
    private List<Need> arriving(List<Platform> hosts) {
        List<SiteSync> sites =
                hosts.stream().map(host -> new SiteSync(view, host)).toList();
        Set<Need> manifests = new TreeSet<>();
        for (String repository : view.repositories()) {
            for (Map.Entry<String, String> tag : view.tags(repository).entrySet()) {
                if (sites.stream().allMatch(site -> site.has(repository, tag.getValue()))) {
                    Digest digest = Digest.parse(tag.getValue());
                    manifests.add(new Need(repository, digest, view.size(tag.getValue())));
                }
            }
        }
        return List.copyOf(manifests);
    }

    /** {@return the sizes if the given blobs are left out} */
    DeltaSizes sizes(List<Digest> bases, Set<Digest> leftOut) {
        List<DeltaSizes.Image> each = new ArrayList<>();
        for (ContainedImage image : images) {
            Set<String> digests = new TreeSet<>();
            collect(image.digest().toString(), digests, 0);
            each.add(new DeltaSizes.Image(image.name(), size(digests, leftOut, false), size(digests, leftOut, true)));
        }
        Set<String> all = new TreeSet<>(documents);
        links.keySet().forEach(digest -> all.add(digest.toString()));
        return new DeltaSizes(bases, leftOut.size(), size(all, leftOut, false), size(all, leftOut, true), each);
    }

    private void collect(String digest, Set<String> digests, int depth) {
        RegistryDocument document = view.document(digest);
        if (digests.add(digest) && document != null && depth < MAX_DEPTH) {
            digests.addAll(document.blobs());
            document.children().forEach(child -> collect(child.digest(), digests, depth + 1));
        }
    }

    private long size(Set<String> digests, Set<Digest> leftOut, boolean wanted) {
        return digests.stream()
                .filter(digest -> digest(digest).stream().anyMatch(leftOut::contains) == wanted)
                .mapToLong(digest -> Math.max(0, view.size(digest)))
                .sum();
    }

    /**
     * {@return the inventory of a site's registry after sealos has copied the directory on a host of any platform} A
     * blob is in it if its manifest arrives with its digest.
     */
    static BlobInventory inventory(RegistryContents contents, List<Platform> hosts) {
        RegistryView view = contents.view();
        List<SiteSync> sites =
                hosts.stream().map(host -> new SiteSync(view, host)).toList();
        Map<String, Set<Digest>> arrived = new TreeMap<>();
        view.files().forEach((path, file) -> {
            int end = path.indexOf("/_manifests/revisions/");
            if (end > 0 && path.startsWith(REPOSITORIES)) {
                String repository = path.substring(REPOSITORIES.length(), end);
                RegistryDocument document = view.manifest(repository, file.link());
                if (document != null && sites.stream().allMatch(site -> site.has(repository, file.link()))) {
                    document.blobs()
                            .forEach(blob -> arrived.computeIfAbsent(repository, added -> new TreeSet<>())
                                    .addAll(digest(blob)));
                }
            }
        });
        return BlobInventory.of(arrived);
    }
}
