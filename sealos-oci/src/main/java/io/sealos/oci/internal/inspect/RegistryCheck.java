package io.sealos.oci.internal.inspect;

import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.ContainedImage;
import io.sealos.oci.internal.delta.DeltaNeeds;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.source.SiteNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Checks whether the distribution registry can serve images from the registry directory of an image, and whether the
 * registry of a site can serve them after sealos has copied the directory.
 */
public final class RegistryCheck {
    private static final String DIRECTORY = "registry/";
    private static final String V2 = "docker/registry/v2/";
    private static final String REPOSITORIES = DIRECTORY + V2 + "repositories/";
    private static final String BLOBS = DIRECTORY + V2 + "blobs/";
    private static final int MAX_DEPTH = 8;

    /** Receives the check of a registry directory, and the files of its image until the call returns. */
    public interface Checked {
        void image(RegistryCheck registry, ApplicationFiles files) throws IOException;
    }

    private final Optional<DeltaNeeds> needs;
    private final RegistryView directory;
    private final Platform platform;
    private final List<String> names;
    private final Map<Platform, SiteSync> sites = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    RegistryCheck(RegistryView directory, SortedSet<String> elsewhere, Platform platform, Optional<DeltaNeeds> needs) {
        this.needs = needs;
        this.directory = directory;
        this.platform = platform;
        ContainedImages images = new ContainedImages(directory.files());
        this.names = images.images().stream().map(ContainedImage::name).toList();
        problems.addAll(images.problems());
        checkBlobs();
        checkRevisions();
        checkPlaces(elsewhere);
        problems.addAll(SiteSync.problems(directory));
    }

    /** {@return the platform of the image} */
    public Platform platform() {
        return platform;
    }

    /** {@return the blobs that the site must have, if the image is a delta} */
    public Optional<DeltaNeeds> needs() {
        return needs;
    }

    /** {@return the images of the directory, each as its repository with a tag or a digest} */
    public List<String> names() {
        return names;
    }

    /** {@return the problems of the directory that do not depend on a reference} */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The problems and notices for one image. */
    public record Judgement(List<String> problems, List<String> notices) {}

    /**
     * {@return the problems of nodes that pull an image from the registry of the site, for each platform of the control
     * host}
     */
    public Judgement judge(ImageReference reference, List<Platform> hosts, List<Platform> nodes) {
        List<String> found = new ArrayList<>();
        Set<String> notices = new LinkedHashSet<>();
        for (Platform node : nodes) {
            Optional<String> unserved = unserved(reference, node);
            unserved.ifPresent(found::add);
            if (unserved.isEmpty()) {
                arrive(reference, hosts, Optional.of(node), found, notices);
            }
        }
        return new Judgement(found.stream().distinct().toList(), List.copyOf(notices));
    }

    /** {@return whether a registry serves an image or artifact from the directory} */
    public boolean has(ImageReference reference) {
        return directory.manifest(SiteNames.repository(reference), digest(reference)) != null;
    }

    /**
     * {@return the problems of controllers that fetch an artifact of the directory from the registry of the site, for
     * each platform of the control host}
     */
    public Judgement judgeArtifact(ImageReference reference, List<Platform> hosts) {
        List<String> found = new ArrayList<>();
        Set<String> notices = new LinkedHashSet<>();
        arrive(reference, hosts, Optional.empty(), found, notices);
        return new Judgement(List.copyOf(found), List.copyOf(notices));
    }

    private void arrive(
            ImageReference reference,
            List<Platform> hosts,
            Optional<Platform> node,
            List<String> found,
            Set<String> notices) {
        Map<String, List<String>> failures = new LinkedHashMap<>();
        for (Platform host : hosts) {
            SiteSync site = sites.computeIfAbsent(host, added -> new SiteSync(directory, added));
            Arrival arrival = Arrival.of(reference, directory, site, node);
            if (!arrival.problem().isEmpty()) {
                failures.computeIfAbsent(arrival.problem(), added -> new ArrayList<>())
                        .add(host.toString());
            } else if (!arrival.notice().isEmpty()) {
                notices.add(reference + " " + arrival.notice());
            }
        }
        String to = node.map(it -> "nodes for " + it).orElse("controllers");
        failures.forEach((problem, from) -> found.add(reference + " does not reach " + to + " from a control host for "
                + String.join(" or ", from) + ": " + problem));
    }

    /** {@return the reason why a registry cannot serve an image from the directory; empty if it can} */
    private Optional<String> unserved(ImageReference reference, Platform node) {
        String digest = digest(reference);
        if (!has(reference)) {
            return Optional.of(reference + " is not in registry/; save it, because it cannot be pulled at the site");
        }
        Set<String> platforms = new TreeSet<>();
        addPlatforms(digest, "", platforms, 0);
        return platforms.isEmpty() || platforms.stream().anyMatch(platform -> Platforms.matches(node, platform))
                ? Optional.empty()
                : Optional.of(reference + " is in registry/ for " + String.join(", ", platforms) + " and not for "
                        + node + "; save it for that platform");
    }

    /** {@return the digest of a reference, or that of its tag; empty if there is no such tag} */
    private String digest(ImageReference reference) {
        return reference
                .digest()
                .map(Object::toString)
                .orElseGet(() -> directory
                        .tags(SiteNames.repository(reference))
                        .getOrDefault(reference.withDefaultTag().tag().orElse(""), ""));
    }

    private void addPlatforms(String digest, String said, Set<String> platforms, int depth) {
        RegistryDocument document = directory.document(digest);
        if (document == null || depth > MAX_DEPTH) {
            return;
        }
        for (RegistryDocument.Child child : document.children()) {
            addPlatforms(child.digest(), child.platform(), platforms, depth + 1);
        }
        if (document.isManifest() && document.artifactType().isEmpty()) {
            RegistryDocument config = directory.document(document.blobs().get(0));
            String found = config == null || config.platform().isEmpty() ? said : config.platform();
            Optional.of(found)
                    .filter(text -> !text.isEmpty() && !text.equals(Platforms.UNKNOWN))
                    .ifPresent(platforms::add);
        }
    }

    /** Reports images in registry directories at other paths that are missing in this one. */
    private void checkPlaces(SortedSet<String> links) {
        Set<String> places = new TreeSet<>();
        for (String path : links) {
            int start = path.indexOf(V2);
            if (!directory.files().containsKey(DIRECTORY + path.substring(start))) {
                places.add("/" + path.substring(0, Math.max(0, start - 1)));
            }
        }
        places.forEach(place -> problems.add(
                place + " has images, but sealos copies those in /registry only; write" + " COPY registry registry"));
    }

    /** Reports blobs that do not match their paths, and blobs without a link. */
    private void checkBlobs() {
        Set<String> linked = new HashSet<>();
        directory.files().forEach((path, file) -> linked.add(file.link()));
        directory.files().subMap(BLOBS, BLOBS + Character.MAX_VALUE).forEach((path, file) -> {
            String[] names = path.substring(BLOBS.length()).split("/", -1);
            if (names.length != 4 || !names[3].equals("data")) {
                problems.add(path + " is not a file of a registry; save the images again");
                return;
            }
            String digest = names[0] + ":" + names[2];
            if (!digest.equals(String.valueOf(file.digest()))) {
                problems.add(path + " has the digest " + file.digest() + "; save the images again");
            }
            if (!linked.contains(digest)) {
                problems.add(path + " is an orphan: nothing links to it; save the images again");
            }
        });
    }

    /** Reports blobs of a manifest that its repository does not link to. */
    private void checkRevisions() {
        Map<String, Set<String>> asked = new HashMap<>();
        directory
                .files()
                .subMap(REPOSITORIES, REPOSITORIES + Character.MAX_VALUE)
                .forEach((path, file) -> {
                    int revision = path.indexOf("/_manifests/revisions/");
                    RegistryDocument document = revision < 0 ? null : directory.document(file.link());
                    String repository = revision < 0 ? "" : path.substring(REPOSITORIES.length(), revision);
                    if (document != null
                            && asked.computeIfAbsent(repository, name -> new HashSet<>())
                                    .add(file.link())) {
                        document.blobs().forEach(blob -> checkLink(repository, "/_layers", blob));
                        document.children().stream()
                                .map(RegistryDocument.Child::digest)
                                .filter(child -> directory.document(child) != null)
                                .forEach(child -> checkLink(repository, "/_manifests/revisions", child));
                    }
                });
    }

    private void checkLink(String repository, String links, String digest) {
        String path = RegistryView.link(repository + links, digest);
        RegistryFile link = directory.files().get(path);
        if (link == null || !link.link().equals(digest)) {
            problems.add(
                    path + " does not link to " + digest + ", which " + repository + " needs; save the images again");
        }
    }
}
