package io.sealos.oci;

import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.layer.LayerOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a builder was told, as it stands. */
final class ClusterImageRequest {
    @Nullable
    Path context;

    @Nullable
    Path kubefilePath;

    @Nullable
    Kubefile kubefile;

    final Set<ImageReference> tags = new LinkedHashSet<>();
    final List<Platform> platforms = new ArrayList<>();
    BuildOptions options = BuildOptions.defaults();
    boolean saveImages = true;
    AcceptedGaps acceptedGaps = AcceptedGaps.NONE;
    boolean offline;
    boolean referrers;
    final Map<ImageReference, ImageOrigin> images = new LinkedHashMap<>();
    final Set<ImageReference> preferred = new LinkedHashSet<>();
    boolean allPlatforms;
    final Set<ImageReference> wholeImages = new LinkedHashSet<>();
    final Set<ImageReference> singleImages = new LinkedHashSet<>();
    final Map<ImageReference, ImageOrigin> baseImages = new LinkedHashMap<>();
    ImageScanner scanner = ImageScanner.builder().build();
    RegistryAccess registryAccess = RegistryAccess.defaults();

    @Nullable
    Path contentStore;

    @Nullable
    ImageLock lock;

    @Nullable
    Instant created;

    @Nullable
    Severity failOn;

    final SortedMap<String, String> annotations = new TreeMap<>();
    BuildListener listener = BuildListener.NONE;
    LayerOptions layers = LayerOptions.DEFAULT;
    FileModes fileModes = FileModes.AS_FOUND;
    boolean reuseLayers = true;

    /** Says for one image which of its platforms are saved; the last word counts. */
    void choosePlatforms(String reference, Set<ImageReference> chosen, Set<ImageReference> other) {
        ImageReference image = ImageReference.parse(reference).withDefaultTag();
        chosen.add(image);
        other.remove(image);
    }
}
