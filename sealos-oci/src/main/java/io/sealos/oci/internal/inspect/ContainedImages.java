package io.sealos.oci.internal.inspect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.source.SiteNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The images of a registry directory, which is laid out as the <a
 * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">file system storage of the
 * distribution registry</a>.
 */
final class ContainedImages {
    private static final String ROOT = "registry/docker/registry/v2/";
    private static final Pattern TAG =
            Pattern.compile("\\Q" + ROOT + "\\Erepositories/(.+)/_manifests/tags/([^/]+)/current/link");
    private static final Pattern REVISION =
            Pattern.compile("\\Q" + ROOT + "\\Erepositories/(.+)/_manifests/revisions/[^/]+/[^/]+/link");

    private static final int MAX_DEPTH = 8;

    private final SortedMap<String, RegistryFile> files;
    private final Map<String, String> named = new TreeMap<>();
    private final Map<String, Set<String>> revisions = new LinkedHashMap<>();
    private final Set<String> reached = new HashSet<>();
    private final List<ContainedImage> images = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    ContainedImages(SortedMap<String, RegistryFile> files) {
        this.files = files;
        files.forEach(this::addName);
        named.forEach((name, digest) -> addTagged(name, name.substring(0, name.lastIndexOf(':')), digest));
        revisions.forEach((repository, digests) -> addUntagged(repository, digests));
    }

    List<ContainedImage> images() {
        return List.copyOf(images);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void addName(String path, RegistryFile file) {
        Matcher tag = TAG.matcher(path);
        if (tag.matches() && !SiteNames.isDigestTag(tag.group(2), file.link())) {
            named.put(tag.group(1) + ":" + tag.group(2), file.link());
        }
        Matcher revision = REVISION.matcher(path);
        if (revision.matches()) {
            revisions
                    .computeIfAbsent(revision.group(1), repository -> new TreeSet<>())
                    .add(file.link());
        }
    }

    /** Adds a tag. If exactly one index lists its manifest, the image is this index, which the registry served. */
    private void addTagged(String name, String repository, String link) {
        List<String> indexes = revisions.getOrDefault(repository, Set.of()).stream()
                .filter(digest -> lists(digest, link))
                .toList();
        addImage(name, repository, indexes.size() == 1 ? indexes.get(0) : link);
    }

    private boolean lists(String index, String manifest) {
        RegistryFile file = blob(index);
        return file != null
                && file.document() != null
                && file.document().children().stream()
                        .anyMatch(child -> child.digest().equals(manifest));
    }

    /** Sorts an index before the manifests that it lists, which belong to it. */
    private void addUntagged(String repository, Set<String> digests) {
        for (boolean index : new boolean[] {true, false}) {
            for (String digest : digests) {
                if (!reached.contains(repository + "@" + digest) && index == isIndex(digest)) {
                    addImage(repository + "@" + digest, repository, digest);
                }
            }
        }
    }

    private boolean isIndex(String digest) {
        RegistryFile file = blob(digest);
        return file != null
                && file.document() != null
                && !file.document().children().isEmpty();
    }

    private void addImage(String name, String repository, String link) {
        if (!isDigest(link)) {
            problems.add(name + ": its link holds '" + link + "', which is not a digest; save the image again");
            return;
        }
        Contents contents = new Contents(name, repository);
        contents.add(link, "", 0);
        images.add(new ContainedImage(
                name, Digest.parse(link), contents.platforms, contents.size, contents.artifactType()));
    }

    private static boolean isDigest(String link) {
        try {
            Digest.parse(link);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private @Nullable RegistryFile blob(String digest) {
        int colon = digest.indexOf(':');
        if (colon < 0 || digest.length() < colon + 3) {
            return null;
        }
        String hex = digest.substring(colon + 1);
        return files.get(
                ROOT + "blobs/" + digest.substring(0, colon) + "/" + hex.substring(0, 2) + "/" + hex + "/data");
    }

    /** The manifests and blobs of one image. */
    private final class Contents {
        private final String name;
        private final String repository;
        private final Set<String> counted = new HashSet<>();
        private final List<Platform> platforms = new ArrayList<>();
        private final List<String> artifactTypes = new ArrayList<>();
        private long size;

        Contents(String name, String repository) {
            this.name = name;
            this.repository = repository;
        }

        void add(String digest, String platform, int depth) {
            RegistryFile file = count(digest);
            reached.add(repository + "@" + digest);
            if (file == null) {
                missing(digest);
                return;
            }
            RegistryDocument document = file.document();
            if (document == null || !document.digest().toString().equals(digest)) {
                problems.add(name + ": " + digest + " is not a manifest with this digest; save the image again");
                return;
            }
            addChildren(document, depth);
            if (document.isManifest()) {
                addManifest(document, platform);
            }
        }

        /** Adds the manifests of an index, except missing ones, which are of platforms that were not saved. */
        private void addChildren(RegistryDocument index, int depth) {
            for (RegistryDocument.Child child : index.children()) {
                if (depth < MAX_DEPTH && blob(child.digest()) != null && !counted.contains(child.digest())) {
                    add(child.digest(), child.platform(), depth + 1);
                }
            }
        }

        private void addManifest(RegistryDocument manifest, String platform) {
            for (String digest : manifest.blobs()) {
                if (!counted.contains(digest) && count(digest) == null) {
                    missing(digest);
                }
            }
            artifactTypes.add(manifest.artifactType());
            if (!manifest.artifactType().isEmpty()) {
                return;
            }
            RegistryFile config = blob(manifest.blobs().get(0));
            RegistryDocument said = config == null ? null : config.document();
            addPlatform(said == null || said.platform().isEmpty() ? platform : said.platform());
        }

        /** {@return the type of an artifact; empty if a manifest is that of an image} */
        Optional<String> artifactType() {
            return artifactTypes.contains("")
                    ? Optional.empty()
                    : artifactTypes.stream().findFirst();
        }

        private void addPlatform(String platform) {
            if (!platform.isEmpty() && !platform.equals(Platforms.UNKNOWN)) {
                platforms.add(Platform.parse(platform));
            }
        }

        private @Nullable RegistryFile count(String digest) {
            RegistryFile file = blob(digest);
            if (file != null && counted.add(digest)) {
                size += file.size();
            }
            return file;
        }

        private void missing(String digest) {
            problems.add(name + ": " + digest + " is not in registry/; save the image again");
        }
    }
}
