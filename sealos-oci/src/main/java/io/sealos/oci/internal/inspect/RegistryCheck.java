package io.sealos.oci.internal.inspect;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.registry.TargetPlatform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the registry folder of an image serves what is asked of it: as the distribution registry does, which finds
 * manifests and blobs only by the links of their repository.
 */
public final class RegistryCheck {
    private static final String ROOT = "registry/docker/registry/v2/";
    private static final String REPOSITORIES = ROOT + "repositories/";
    private static final String BLOBS = ROOT + "blobs/";
    private static final int MAX_DEPTH = 8;

    private final SortedMap<String, RegistryFile> files;
    private final TargetPlatform platform;
    private final List<String> problems = new ArrayList<>();

    RegistryCheck(SortedMap<String, RegistryFile> files, TargetPlatform platform) {
        this.files = files;
        this.platform = platform;
        problems.addAll(new ContainedImages(files).problems());
        checkBlobs();
        checkRevisions();
    }

    /** The platform of the image. */
    public TargetPlatform platform() {
        return platform;
    }

    /** What does not fit, whoever asks. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Why the registry does not serve an image; nothing if it does. */
    public Optional<String> problem(ImageReference reference) {
        String repository = reference.repository();
        String digest = reference
                .digest()
                .map(Object::toString)
                .orElseGet(() ->
                        tagged(repository, reference.withDefaultTag().tag().orElse("")));
        if (!files.containsKey(link(repository + "/_manifests/revisions", digest)) || document(digest) == null) {
            return Optional.of(reference + " is not in registry/; save it, for it cannot be pulled on site");
        }
        Set<String> platforms = new TreeSet<>();
        addPlatforms(digest, "", platforms, 0);
        return platforms.isEmpty() || platforms.stream().anyMatch(platform::matches)
                ? Optional.empty()
                : Optional.of(reference + " is in registry/ for " + String.join(", ", platforms) + " and not for "
                        + platform + "; save it for that platform");
    }

    private String tagged(String repository, String tag) {
        RegistryFile link = files.get(REPOSITORIES + repository + "/_manifests/tags/" + tag + "/current/link");
        return link == null ? "" : link.link();
    }

    private void addPlatforms(String digest, String said, Set<String> platforms, int depth) {
        RegistryDocument document = document(digest);
        if (document == null || depth > MAX_DEPTH) {
            return;
        }
        for (RegistryDocument.Child child : document.children()) {
            addPlatforms(child.digest(), child.platform(), platforms, depth + 1);
        }
        if (document.isManifest()) {
            RegistryDocument config = document(document.blobs().get(0));
            String found = config == null || config.platform().isEmpty() ? said : config.platform();
            Optional.of(found)
                    .filter(text -> !text.isEmpty() && !text.equals(PlatformText.UNKNOWN))
                    .ifPresent(platforms::add);
        }
    }

    /** Every blob is what its path says, and something links to it. */
    private void checkBlobs() {
        Set<String> linked = new HashSet<>();
        files.forEach((path, file) -> linked.add(file.link()));
        files.subMap(BLOBS, BLOBS + Character.MAX_VALUE).forEach((path, file) -> {
            String[] names = path.substring(BLOBS.length()).split("/", -1);
            if (names.length != 4 || !names[3].equals("data")) {
                problems.add(path + " is no file of a registry; save the images anew");
                return;
            }
            String digest = names[0] + ":" + names[2];
            if (!digest.equals(String.valueOf(file.digest()))) {
                problems.add(path + " has the digest " + file.digest() + "; save the images anew");
            }
            if (!linked.contains(digest)) {
                problems.add(path + " is an orphan: nothing links to it; save the images anew");
            }
        });
    }

    /** What a manifest needs is linked in the repository of the manifest. */
    private void checkRevisions() {
        Map<String, Set<String>> asked = new HashMap<>();
        files.subMap(REPOSITORIES, REPOSITORIES + Character.MAX_VALUE).forEach((path, file) -> {
            int revision = path.indexOf("/_manifests/revisions/");
            RegistryDocument document = revision < 0 ? null : document(file.link());
            String repository = revision < 0 ? "" : path.substring(REPOSITORIES.length(), revision);
            if (document != null
                    && asked.computeIfAbsent(repository, name -> new HashSet<>())
                            .add(file.link())) {
                document.blobs().forEach(blob -> checkLink(repository, "/_layers", blob));
                document.children().stream()
                        .map(RegistryDocument.Child::digest)
                        .filter(child -> document(child) != null)
                        .forEach(child -> checkLink(repository, "/_manifests/revisions", child));
            }
        });
    }

    private void checkLink(String repository, String folder, String digest) {
        String path = link(repository + folder, digest);
        RegistryFile link = files.get(path);
        if (link == null || !link.link().equals(digest)) {
            problems.add(
                    path + " does not link to " + digest + ", which " + repository + " needs; save the images anew");
        }
    }

    private static String link(String folder, String digest) {
        return REPOSITORIES + folder + "/" + digest.replace(':', '/') + "/link";
    }

    private @Nullable RegistryDocument document(String digest) {
        int colon = digest.indexOf(':');
        if (colon < 0 || digest.length() < colon + 3) {
            return null;
        }
        String hex = digest.substring(colon + 1);
        RegistryFile file =
                files.get(BLOBS + digest.substring(0, colon) + "/" + hex.substring(0, 2) + "/" + hex + "/data");
        return file == null ? null : file.document();
    }
}
