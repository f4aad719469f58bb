package io.sealos.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ScanProblem;
import io.sealos.kubefile.Platform;
import java.io.IOException;

/** Writes the parts of differences of images, in the differences of scans and in those of cluster images. */
public final class ImageDiffJson {
    private ImageDiffJson() {}

    /** Writes the properties of a change. */
    public static void write(JsonGenerator json, ImageDiff.Change change) throws IOException {
        json.writeStringField("kind", change.kind().name());
        json.writeStringField("repository", change.repository());
        PrettyJson.objects(json, "before", change.before(), ImageDiffJson::write);
        PrettyJson.objects(json, "after", change.after(), ImageDiffJson::write);
        if (!change.directories().isEmpty()) {
            PrettyJson.texts(json, "directories", change.directories());
        }
    }

    /** Writes the properties of a gap. */
    public static void write(JsonGenerator json, ScanProblem gap) throws IOException {
        json.writeStringField("kind", gap.kind().name());
        json.writeStringField("file", gap.file());
        json.writeNumberField("line", gap.line());
        json.writeStringField("message", gap.message());
    }

    private static void write(JsonGenerator json, ImageDiff.Image image) throws IOException {
        json.writeStringField("reference", image.reference().toString());
        json.writeStringField("digest", image.digest().map(Digest::toString).orElse(""));
        PrettyJson.texts(
                json,
                "platforms",
                image.platforms().stream().map(Platform::toString).toList());
    }
}
