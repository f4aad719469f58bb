package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.oci.internal.source.SiteNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the images of one repository of a registry directory, and the documents that are attached to them. */
final class InnerImages {
    private static final Pattern REFERRERS = Pattern.compile("(sha256-[0-9a-f]{64})(\\.sig|\\.att|\\.sbom)?");
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";

    private final RegistryView view;
    private final String repository;
    /** The tags of each manifest or index. */
    private final SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
    /** The manifests and indexes that are attached to a digest by a tag. */
    private final SortedMap<String, SortedSet<String>> tagged = new TreeMap<>();
    /** The indexes that list a manifest. */
    private final SortedMap<String, SortedSet<String>> indexes = new TreeMap<>();
    /** The manifests that are attached to a digest. */
    private final SortedMap<String, SortedSet<String>> attached = new TreeMap<>();

    private final SortedMap<String, String> platforms = new TreeMap<>();
    private final Set<String> documents = new HashSet<>();

    private InnerImages(RegistryView view, String repository) {
        this.view = view;
        this.repository = repository;
    }

    /** {@return the images of all repositories, sorted by repository and digest} */
    static List<InnerImage> of(RegistryView view) {
        List<InnerImage> images = new ArrayList<>();
        for (String repository : view.repositories()) {
            images.addAll(new InnerImages(view, repository).images());
        }
        return List.copyOf(images);
    }

    private List<InnerImage> images() {
        view.tags(repository).forEach(this::addTag);
        SortedSet<String> manifests = view.manifests(repository);
        manifests.forEach(this::addLinks);
        tagged.forEach((subject, targets) -> targets.forEach(target -> attach(subject, target)));
        List<InnerImage> images = new ArrayList<>();
        for (String digest : manifests) {
            RegistryDocument document = view.manifest(repository, digest);
            if (document != null && document.isManifest() && !documents.contains(digest)) {
                images.add(image(document));
            }
        }
        return images;
    }

    private void addTag(String tag, String digest) {
        Matcher referrers = REFERRERS.matcher(tag);
        if (referrers.matches()) {
            put(tagged, referrers.group(1).replace('-', ':'), digest);
        } else {
            put(tags, digest, tag);
        }
    }

    private static void put(SortedMap<String, SortedSet<String>> map, String key, String value) {
        map.computeIfAbsent(key, added -> new TreeSet<>()).add(value);
    }

    private void addLinks(String digest) {
        RegistryDocument document = view.manifest(repository, digest);
        if (document == null) {
            return;
        }
        for (RegistryDocument.Child child : document.children()) {
            if (child.attachedTo().isEmpty()) {
                put(indexes, child.digest(), digest);
                platforms.putIfAbsent(child.digest(), child.platform());
            } else {
                attach(child.attachedTo(), child.digest());
            }
        }
        if (!document.facts().subject().isEmpty()) {
            attach(document.facts().subject(), digest);
        }
    }

    /** Attaches a manifest, or those that a list of referrers has, to a digest. */
    private void attach(String subject, String target) {
        RegistryDocument document = view.manifest(repository, target);
        if (document == null) {
            return;
        }
        if (document.isManifest()) {
            documents.add(target);
            put(attached, subject, target);
        }
        for (RegistryDocument.Child child : document.children()) {
            RegistryDocument listed = view.manifest(repository, child.digest());
            if (listed != null && listed.isManifest()) {
                documents.add(child.digest());
                put(attached, subject, child.digest());
            }
        }
    }

    private InnerImage image(RegistryDocument manifest) {
        String digest = manifest.digest().toString();
        SortedSet<String> listing = new TreeSet<>(indexes.getOrDefault(digest, new TreeSet<>()));
        tagged.values().forEach(targets -> listing.removeAll(targets));
        RegistryDocument config = view.document(manifest.blobs().get(0));
        String platform =
                config == null || config.platform().isEmpty() ? platforms.getOrDefault(digest, "") : config.platform();
        return new InnerImage(
                repository,
                names(digest, listing),
                manifest.digest(),
                listing.stream().map(Digest::parse).collect(Collectors.toCollection(TreeSet::new)),
                platform,
                size(manifest),
                manifest.artifactType(),
                described(manifest, config, listing),
                documents(digest, listing));
    }

    private SortedSet<String> names(String digest, Set<String> listing) {
        SortedSet<String> names = new TreeSet<>(tags.getOrDefault(digest, new TreeSet<>()));
        names.removeIf(tag -> SiteNames.isDigestTag(tag, digest));
        for (String index : listing) {
            tags.getOrDefault(index, new TreeSet<>()).stream()
                    .filter(tag -> !SiteNames.isDigestTag(tag, index))
                    .forEach(tag -> names.add(tag));
            names.removeIf(tag -> SiteNames.isDigestTag(tag, index));
        }
        return names;
    }

    private long size(RegistryDocument manifest) {
        Set<String> blobs = new TreeSet<>(manifest.blobs());
        blobs.add(manifest.digest().toString());
        return blobs.stream().mapToLong(blob -> Math.max(0, view.size(blob))).sum();
    }

    /**
     * {@return the annotations of the index, the labels, and the annotations of the manifest, which take precedence}
     */
    private SortedMap<String, String> described(
            RegistryDocument manifest, @Nullable RegistryDocument config, Set<String> listing) {
        RegistryDocument index =
                listing.size() == 1 ? view.document(listing.iterator().next()) : null;
        SortedMap<String, String> described = new TreeMap<>();
        if (index != null) {
            described.putAll(index.facts().described());
        }
        if (config != null) {
            described.putAll(config.facts().described());
        }
        described.putAll(manifest.facts().described());
        return described;
    }

    private List<InnerImage.Document> documents(String digest, Set<String> listing) {
        SortedSet<String> manifests = new TreeSet<>(attached.getOrDefault(digest, new TreeSet<>()));
        listing.forEach(index -> manifests.addAll(attached.getOrDefault(index, new TreeSet<>())));
        List<InnerImage.Document> found = new ArrayList<>();
        for (String attachment : manifests) {
            RegistryDocument manifest = view.manifest(repository, attachment);
            if (manifest != null) {
                manifest.facts().parts().forEach(part -> add(manifest, part, found));
            }
        }
        found.sort(Comparator.comparing(InnerImage.Document::digest).thenComparing(InnerImage.Document::manifest));
        return found;
    }

    private void add(RegistryDocument manifest, DocumentFacts.Part part, List<InnerImage.Document> found) {
        for (Digest digest : DeltaAnalysis.digest(part.digest())) {
            boolean present = view.size(part.digest()) >= 0;
            String type = part.mediaType().isEmpty() || part.mediaType().equals(EMPTY)
                    ? manifest.artifactType()
                    : part.mediaType();
            if (present) {
                found.add(new InnerImage.Document(digest, manifest.digest(), type, part.predicate(), part.size()));
            }
        }
    }
}
