package io.sealos.oci.internal.inspect;

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
 * What the registry of a site has when sealos has copied a registry directory, on a host of one platform. Of each
 * repository it copies every tag twice: first all that the tag leads to, which has to be there to the last blob and may
 * not be an index of indexes; then the image for the platform of the host, under the same tag. Either may fail. Layers
 * that are not compressed it compresses, by which manifests get other digests.
 */
final class SiteSync {
    /** So many repositories are asked for. */
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
     * What a tag points to at the site.
     *
     * @param digest that of the manifest or index before it was copied
     * @param same whether it still has it
     */
    record Copy(String digest, boolean same) {}

    Optional<Copy> tag(String repository, String tag) {
        return Optional.ofNullable(tags.get(repository + ":" + tag));
    }

    boolean has(String repository, String digest) {
        return revisions.contains(repository + "@" + digest);
    }

    /** Whether what has this digest in the directory has been copied, but with another one. */
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

    /** The image for the host; of a manifest nobody asks what it is for. */
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

    /** A variant is taken only where it is the usual one. */
    private boolean isFor(String platform) {
        String usual = host.architecture().equals("arm64") ? "v8" : "";
        String variant = Platforms.variant(platform);
        return Platforms.matches(host, platform) && (variant.isEmpty() || variant.equals(usual));
    }

    private Optional<Copy> copyManifest(String repository, RegistryDocument manifest) {
        if (!isWhole(repository, manifest)) {
            return Optional.empty();
        }
        boolean same = manifest.mixed() || manifest.tars().stream().noneMatch(directory::isPlain);
        return Optional.of(copied(repository, manifest, same));
    }

    private boolean isWhole(String repository, RegistryDocument manifest) {
        return manifest.blobs().stream().allMatch(blob -> directory.hasBlob(repository, blob));
    }

    /** The way out for manifests that mix media types: everything as it is. */
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
        // A registry finds the digests by which it would name them itself.
        boolean known = same && document.digest().algorithm().equals("sha256");
        (known ? revisions : changed).add(repository + "@" + document.digest());
        return new Copy(document.digest().toString(), known);
    }

    /** Why sealos ends its sync, or leaves something out, whatever is asked for. */
    static List<String> problems(RegistryView directory) {
        SortedSet<String> repositories = directory.repositories();
        List<String> tooMany = repositories.size() > MOST_REPOSITORIES
                ? List.of("registry/ has " + repositories.size() + " repositories, of which sealos copies the first "
                        + MOST_REPOSITORIES + "; spread the images over several cluster images")
                : List.of();
        List<String> untagged = repositories.stream()
                .filter(repository -> !directory.listsTags(repository))
                .map(repository -> "the repository " + repository + " has no tag: there sealos ends its sync, and"
                        + " copies nothing at all; save the images anew")
                .toList();
        return Stream.concat(tooMany.stream(), untagged.stream()).toList();
    }
}
