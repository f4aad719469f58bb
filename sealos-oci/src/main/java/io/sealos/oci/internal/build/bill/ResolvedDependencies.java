package io.sealos.oci.internal.build.bill;

import io.sealos.SealosException;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.inspect.InnerImage;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.tree.FlatFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what a build has used: the files of the context, the base images, and the images in {@code registry/}. */
final class ResolvedDependencies {
    private final SortedMap<String, Dependency> all = new TreeMap<>();

    ResolvedDependencies(BillSource source) {
        for (BillSource.Part part : source.parts()) {
            addContext(part);
            part.bases().forEach(base -> addBase(base, part));
            ImageNames names = new ImageNames(source, part);
            part.saved().forEach((reference, digest) -> addSaved(reference, digest));
            part.content().images().stream()
                    .filter(image -> names.saved(image).isEmpty())
                    .forEach(this::addContained);
        }
    }

    /**
     * A resource that a build has used.
     *
     * @param uri its package URL; empty for the context
     * @param algorithm the algorithm of its digest
     * @param value the hexadecimal digits of its digest
     */
    record Dependency(String name, String uri, String algorithm, String value, SortedMap<String, String> annotations) {
        static Dependency image(String name, String uri, Digest digest, String kind) {
            SortedMap<String, String> annotations = new TreeMap<>(Map.of("kind", kind));
            return new Dependency(
                    name, uri, digest.algorithm(), digest.hex(), Collections.unmodifiableSortedMap(annotations));
        }
    }

    /** {@return the dependencies, sorted by their kinds and names} */
    SortedMap<String, Dependency> all() {
        return all;
    }

    private void add(Dependency dependency) {
        String kind = dependency.annotations().getOrDefault("kind", "");
        all.putIfAbsent(kind + " " + dependency.name() + " " + dependency.value(), dependency);
    }

    private void addContext(BillSource.Part part) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put("kind", "context");
        annotations.put("platform", part.platform().toString());
        String hash = directoryHash(part);
        add(new Dependency("context " + part.platform(), "", "dirHash", hash, annotations));
    }

    /**
     * {@return the hash of the files that the build has laid over its base image, as in-toto defines for directories}
     */
    private static String directoryHash(BillSource.Part part) {
        int below = part.base().map(base -> base.layers().size()).orElse(0);
        List<Map.Entry<String, FlatFile>> files =
                new ArrayList<>(part.content().files().entrySet());
        files.removeIf(
                file -> file.getValue().digest().isEmpty() || file.getValue().layer() <= below);
        files.sort((one, other) -> Arrays.compareUnsigned(bytes(one.getKey()), bytes(other.getKey())));
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, FlatFile> file : files) {
            lines.append(file.getValue().digest().map(Digest::hex).orElse(""))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        return Digests.sha256(lines.toString()).hex();
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private void addBase(BaseImage base, BillSource.Part part) {
        @Nullable Digest digest = base.manifest();
        if (digest == null) {
            return;
        }
        String uri = reference(base.name())
                .map(it -> PackageUrl.image(it, digest, Optional.of(part.platform()), it.tag()))
                .orElse("");
        add(Dependency.image(base.name(), uri, digest, "base image"));
    }

    private static Optional<ImageReference> reference(String name) {
        try {
            return Optional.of(ImageReference.parse(name));
        } catch (SealosException e) {
            return Optional.empty();
        }
    }

    private void addSaved(ImageReference reference, Digest digest) {
        String uri = PackageUrl.image(reference, digest, Optional.empty(), reference.tag());
        add(Dependency.image(reference.toString(), uri, digest, "saved image"));
    }

    /** Adds an image that the context or a base image has in {@code registry/}. */
    private void addContained(InnerImage image) {
        Optional<String> tag = image.tags().stream().findFirst();
        String name = image.repository() + tag.map(it -> ":" + it).orElse("");
        String uri = PackageUrl.image(image.repository(), image.manifest(), Optional.empty(), tag, Optional.empty());
        add(Dependency.image(name, uri, image.manifest(), "contained image"));
    }
}
