package io.sealos.oci.internal.inspect;

import io.sealos.internal.text.Count;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.read.Platforms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a site's registry after sealos has copied a registry directory, on a host of one platform. sealos
 * copies every tag of a repository twice: first with everything that the tag points to, which must be complete and must
 * not be an index of indexes, and then as the image for the platform of the host, under the same tag. Either copy may
 * fail. sealos compresses layers that are not compressed, which changes the digests of manifests.
 */
final class SiteSync {
    /** The maximum number of repositories that sealos copies. */
    static final int MOST_REPOSITORIES = 1024;

    private static final int MAX_DEPTH = 8;

    private final RegistryView directory;
    private final Platform host;
    private final Map<String, Copy> tags = new HashMap<>();
    private final Set<String> revisions = new HashSet<>();
    private final Set<String> changed = new HashSet<>();

    SiteSync(RegistryView directory, Platform host) {
        this.directory = directory;
        this.host = host;
        directory.repositories().stream()
                .limit(MOST_REPOSITORIES)
                .forEach(repository ->
                        directory.tags(repository).forEach((tag, digest) -> copy(repository, tag, digest)));
    }

    /**
     * The manifest or index that a tag points to at the site.
     *
     * @param digest its digest before it was copied
     * @param same whether it has this digest at the site
     */
    record Copy(String digest, boolean same) {}

    Optional<Copy> tag(String repository, String tag) {
        return Optional.ofNullable(tags.get(repository + ":" + tag));
    }

    boolean has(String repository, String digest) {
        return revisions.contains(repository + "@" + digest);
    }

    /** {@return whether the document with this digest was copied, but has another digest at the site} */
    boolean hasChanged(String repository, String digest) {
        return changed.contains(repository + "@" + digest);
    }

    private void copy(String repository, String tag, String digest) {
        RegistryDocument document = directory.manifest(repository, digest);
        if (document != null) {
            copyAll(repository, document).ifPresent(copy -> tags.put(repository + ":" + tag, copy));
            copyOne(repository, document).ifPresent(copy -> tags.put(repository + ":" + tag, copy));
        }
    }

    private Optional<Copy> copyAll(String repository, RegistryDocument document) {
        if (document.isManifest()) {
            return copyManifest(repository, document);
        }
        List<RegistryDocument> children = children(repository, document);
        if (children.stream().anyMatch(RegistryDocument::mixed)) {
            return copyBytes(repository, document);
        }
        boolean whole = children.size() == document.children().size()
                && children.stream().allMatch(child -> child.isManifest() && isWhole(repository, child));
        if (!whole) {
            return Optional.empty();
        }
        boolean same = true;
        for (RegistryDocument child : children) {
            same &= copyManifest(repository, child).filter(Copy::same).isPresent();
        }
        return Optional.of(copied(repository, document, same));
    }

    private List<RegistryDocument> children(String repository, RegistryDocument index) {
        return index.children().stream()
                .map(child -> Optional.ofNullable(directory.manifest(repository, child.digest())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** {@return the copy of the image for the host} The platform of a single manifest is not checked. */
    private Optional<Copy> copyOne(String repository, RegistryDocument document) {
        if (document.isManifest()) {
            return copyManifest(repository, document);
        }
        RegistryDocument chosen = chosen(repository, document);
        if (chosen == null || !chosen.isManifest()) {
            return Optional.empty();
        }
        return chosen.mixed() ? copyBytes(repository, document) : copyManifest(repository, chosen);
    }

    private @Nullable RegistryDocument chosen(String repository, RegistryDocument index) {
        Optional<RegistryDocument.Child> fitting = index.children().stream()
                .filter(child -> isFor(child.platform()))
                .findFirst();
        return fitting.or(() -> index.children().stream()
                        .filter(child -> child.platform().isEmpty())
                        .findFirst())
                .map(child -> directory.manifest(repository, child.digest()))
                .orElse(null);
    }

    /**
     * {@return whether a platform is that of the host with the default variant, because other variants are not copied}
     */
    private boolean isFor(String platform) {
        String usual = host.architecture().equals("arm64") ? "v8" : "";
        String variant = Platforms.variant(platform);
        return Platforms.matches(host, platform) && (variant.isEmpty() || variant.equals(usual));
    }

    private Optional<Copy> copyManifest(String repository, RegistryDocument manifest) {
        if (!isWhole(repository, manifest)) {
            return Optional.empty();
        }
        boolean same = manifest.mixed() || !directory.hasPlain(manifest);
        return Optional.of(copied(repository, manifest, same));
    }

    private boolean isWhole(String repository, RegistryDocument manifest) {
        return manifest.blobs().stream().allMatch(blob -> directory.hasBlob(repository, blob));
    }

    /** Copies a manifest that mixes media types byte for byte. */
    private Optional<Copy> copyBytes(String repository, RegistryDocument document) {
        Set<RegistryDocument> all = new HashSet<>();
        if (!addAll(repository, document, all, 0)) {
            return Optional.empty();
        }
        all.forEach(each -> copied(repository, each, true));
        return Optional.of(copied(repository, document, true));
    }

    private boolean addAll(String repository, RegistryDocument document, Set<RegistryDocument> all, int depth) {
        List<RegistryDocument> children = children(repository, document);
        all.addAll(children);
        return depth < MAX_DEPTH
                && isWhole(repository, document)
                && children.size() == document.children().size()
                && children.stream().allMatch(child -> addAll(repository, child, all, depth + 1));
    }

    private Copy copied(String repository, RegistryDocument document, boolean same) {
        // A registry finds manifests by the digests that it would compute.
        boolean known = same && document.digest().algorithm().equals("sha256");
        (known ? revisions : changed).add(repository + "@" + document.digest());
        return new Copy(document.digest().toString(), known);
    }

    /** {@return the reasons why sealos aborts the copy, or skips a part of it} */
    static List<String> problems(RegistryView directory) {
        SortedSet<String> repositories = directory.repositories();
        List<String> tooMany = repositories.size() > MOST_REPOSITORIES
                ? List.of("registry/ has " + Count.of(repositories.size(), "repository")
                        + ", of which sealos copies the first " + MOST_REPOSITORIES
                        + "; spread the images over several cluster images")
                : List.of();
        List<String> untagged = repositories.stream()
                .filter(repository -> !directory.listsTags(repository))
                .map(repository -> "the repository " + repository + " has no tag: there sealos ends its sync, and"
                        + " copies nothing at all; save the images again")
                .toList();
        return Stream.concat(tooMany.stream(), untagged.stream()).toList();
    }
}
