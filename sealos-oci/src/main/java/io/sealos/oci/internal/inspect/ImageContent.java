package io.sealos.oci.internal.inspect;

import io.sealos.images.StandardDirectory;
import io.sealos.internal.chart.ChartFile;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.FlatFile;
import io.sealos.oci.internal.tree.FlatTree;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * The content of a cluster image for one platform.
 *
 * @param images the images and artifacts in its registry directory, sorted by repository and digest
 * @param files the files outside the registry directory by path
 */
public record ImageContent(List<InnerImage> images, SortedMap<String, FlatFile> files) {
    public ImageContent {
        images = List.copyOf(images);
        files = Collections.unmodifiableSortedMap(files);
    }

    static ImageContent of(RegistryContents contents, BaseImage image) throws IOException {
        return new ImageContent(
                InnerImages.of(contents.view()), FlatTree.read(image, StandardDirectory.REGISTRY, charts(Set.of())));
    }

    /**
     * {@return the content of an image that is built}
     *
     * @param digests the digests of files that were written into layers
     * @param chartFiles the places of packed charts
     * @param pool reads several files at a time
     */
    public static ImageContent of(PlannedImage plan, ContentDigests digests, Set<String> chartFiles, WorkPool pool)
            throws IOException, InterruptedException {
        return new ImageContent(
                InnerImages.of(RegistryContents.of(plan).view()),
                FlatTree.read(plan, digests, StandardDirectory.REGISTRY, charts(chartFiles), pool));
    }

    /** {@return the paths and places of files that may be charts: each {@code Chart.yaml}, and packed charts} */
    private static Predicate<String> charts(Set<String> known) {
        return path -> path.startsWith(StandardDirectory.CHARTS + "/")
                || path.endsWith("/" + ChartFile.NAME)
                || known.contains(path);
    }
}
