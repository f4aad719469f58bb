package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.internal.combine.FullImage;
import io.sealos.oci.internal.inspect.BaseBlobs;
import io.sealos.oci.internal.inspect.DeltaImage;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.layout.ImageRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Writes the full image of a delta image, while the files of all its sources are open. */
final class DeltaCombination {
    private static final int MOST_NAMED = 5;

    private final List<ImageSource> bases;
    private final OciLayout target;

    DeltaCombination(List<ImageSource> bases, OciLayout target) {
        this.bases = bases;
        this.target = target;
    }

    Digest write(ImageReader delta) throws IOException {
        target.check(List.of(), false);
        List<DeltaImage> images = delta.deltaImages();
        if (images.isEmpty()) {
            throw new IOException("the source of the delta has no image; name a delta image (deltaFrom)");
        }
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-combine-")) {
            BaseBlobs blobs = new BaseBlobs(FullImage.wanted(images), scratch.directory("blobs"));
            return writeWith(0, blobs, images);
        }
    }

    /** Opens the remaining bases, one in the other. */
    private Digest writeWith(int opened, BaseBlobs blobs, List<DeltaImage> images) throws IOException {
        if (opened < bases.size()) {
            return bases.get(opened).open(base -> {
                base.findBlobs(blobs);
                return writeWith(opened + 1, blobs, images);
            });
        }
        refuseMissing(blobs.missing());
        ImageRequest request =
                ImageRequest.of(new FullImage(images, blobs), images.get(0).names());
        return target.write(request).root().digest();
    }

    private void refuseMissing(Set<Digest> missing) throws IOException {
        if (!missing.isEmpty()) {
            List<String> first =
                    missing.stream().limit(MOST_NAMED).map(Digest::toString).toList();
            int more = missing.size() - first.size();
            throw new IOException((bases.isEmpty()
                            ? "no base"
                            : String.join(
                                    ", ",
                                    bases.stream().map(ImageSource::toString).toList()))
                    + ": there is no " + String.join(", ", first) + (more > 0 ? " and " + more + " more" : "")
                    + ", which the delta leaves out; name the bases from which it was built");
        }
    }
}
