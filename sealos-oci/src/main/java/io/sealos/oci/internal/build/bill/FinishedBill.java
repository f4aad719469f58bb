package io.sealos.oci.internal.build.bill;

import io.sealos.SealosException;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.inspect.DescribedImage;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.trust.BillComponent;
import io.sealos.oci.trust.BillOfMaterials;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the bill of materials of a finished image, of which only the content is known. */
public final class FinishedBill {
    private FinishedBill() {}

    /** {@return the bill} An image without a manifest has the digest of its configuration. */
    public static BillOfMaterials write(DescribedImage image, List<BillComponent> added) {
        StoredImage stored = image.stored();
        BillSource.Part part = new BillSource.Part(
                Platform.parse(stored.platform()),
                stored.manifest().orElse(stored.id()),
                image.content(),
                List.of(),
                Optional.empty(),
                Map.of());
        BillSource source = new BillSource(
                names(stored.names()),
                part.manifest(),
                Optional.of(stored.config().path("created").asText("")).filter(FinishedBill::isTime),
                List.of(part),
                ImageInventory.empty(),
                Map.of(),
                "",
                stored.problems().isEmpty() && stored.delta().isEmpty());
        return BillOfMaterials.parse(BillWriter.write(source, added));
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() >= 1970;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** {@return the names that are references; a layout may have any text as a name} */
    private static List<ImageReference> names(List<String> names) {
        List<ImageReference> references = new ArrayList<>();
        for (String name : names) {
            try {
                references.add(ImageReference.parse(name));
            } catch (SealosException e) {
                // The bill has the digest of the image as well.
            }
        }
        return references;
    }
}
