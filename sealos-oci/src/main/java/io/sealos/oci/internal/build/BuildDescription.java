package io.sealos.oci.internal.build;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.chart.EngineVersion;
import io.sealos.kubefile.BuildFiles;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.build.bill.BuildInputs;
import io.sealos.oci.internal.build.bill.ImageDescription;
import io.sealos.oci.internal.build.save.ImageSaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what the documents about an image say about its build. */
final class BuildDescription {
    private BuildDescription() {}

    static ImageDescription of(PreparedBuild build, CheckedBuild checked, List<ImageSaving.Saved> saved)
            throws IOException {
        List<ImageDescription.Saved> platforms = new ArrayList<>();
        for (int i = 0; i < saved.size(); i++) {
            platforms.add(new ImageDescription.Saved(
                    checked.evaluations().get(i).bases().values(), images(saved.get(i))));
        }
        Map<ImageReference, List<String>> askedAt = new TreeMap<>(build.imagesToSave());
        askedAt.putAll(build.artifactsToSave());
        return new ImageDescription(
                build.request().documents(),
                new ImageDescription.Build(
                        inputs(build),
                        build.images(),
                        askedAt,
                        build.input().snapshot().path(),
                        build.images().isComplete(),
                        build.request().output().createdEpochSecond(),
                        platforms,
                        build.resources().executor()));
    }

    private static SortedMap<ImageReference, Digest> images(ImageSaving.Saved saved) {
        SortedMap<ImageReference, Digest> images = new TreeMap<>();
        for (BuildEvent.ImageSaved image : saved.images()) {
            images.put(image.reference().withDefaultTag(), image.digest());
        }
        for (BuildEvent.ImageSaved artifact : saved.artifacts()) {
            images.put(artifact.reference().withDefaultTag(), artifact.digest());
        }
        return images;
    }

    private static BuildInputs inputs(PreparedBuild build) throws IOException {
        BuildRequest request = build.request();
        return new BuildInputs(
                buildFiles(build.input(), request.documents().builder().isPresent()),
                request.evaluation().options(),
                build.platforms(),
                request.output().tags(),
                request.output().annotations(),
                build.saving().isEnabled(),
                EngineVersion.get());
    }

    /**
     * {@return the digests of the build files, or that of the text of one that the caller created}
     *
     * @param needed whether the files are read
     */
    private static SortedMap<String, Digest> buildFiles(BuildInput input, boolean needed) throws IOException {
        SortedMap<String, Digest> digests = new TreeMap<>();
        for (Path file : needed ? input.buildFiles() : List.<Path>of()) {
            String name = file.startsWith(input.directory())
                    ? input.directory().relativize(file).toString().replace('\\', '/')
                    : String.valueOf(file.getFileName());
            digests.put(name, Digests.sha256(Files.readAllBytes(file)));
        }
        if (digests.isEmpty()) {
            digests.put(BuildFiles.NAMES.get(1), Digests.sha256(input.kubefile().toSource()));
        }
        return digests;
    }
}
