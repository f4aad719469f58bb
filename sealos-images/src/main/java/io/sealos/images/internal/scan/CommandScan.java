package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.install.Applied;
import io.sealos.images.internal.install.Applied.Gap;
import io.sealos.images.internal.install.Applied.Sureness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds images in the manifests that commands generate, and the images that commands name. */
final class CommandScan {
    private static final String FINDER = "command";
    private static final String FIX = "write out the image, or list it in a file of images/shim";
    /** Placeholders, which are replaced before a manifest is applied. */
    private static final Pattern PLACEHOLDER = Pattern.compile("__\\w+|[/:][A-Z]+(_[A-Z0-9]+)+|[/:][A-Z]{3,}");
    /** The host of the cluster's registry, which ignores the host in the name of an image. */
    private static final String CLUSTER_REGISTRY = "sealos.hub";

    private static final String TRANSPORT = "docker://";

    private final ScanFindings findings;

    CommandScan(ScanFindings findings) {
        this.findings = findings;
    }

    void scan(Applied applied) throws IOException {
        if (applied instanceof Applied.Text text) {
            text(text);
        } else if (applied instanceof Applied.Image image) {
            image(image);
        }
    }

    private void text(Applied.Text text) throws IOException {
        Source source = Source.applied(text.file(), List.of(text.command()));
        new ManifestStream(
                        findings.finders(new SourcePlaces(
                                it -> source,
                                it -> text.line(),
                                it -> isPartly(it, text.unknown())
                                        || (text.changed()
                                                && PLACEHOLDER.matcher(it).find()))),
                        it -> sighting(it, text, source),
                        (kind, line, message) -> findings.problem(
                                kind, text.file(), text.line(), "line " + line + " of what is applied here " + message))
                .reportingTo(findings.objects(text.file(), line -> text.line(), false))
                .scan(new ByteArrayInputStream(text.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** Reports the occurrence at the line of the command, because the text has no other place. */
    private void sighting(Sighting sighting, Applied.Text text, Source source) {
        String image = sighting.reference().toString();
        boolean saved = sighting.confidence().isSaved();
        if (isPartly(image, text.unknown())) {
            if (saved) {
                notKnown(text, image, text.unknown(), Kind.UNSET);
            }
        } else if (text.changed() && PLACEHOLDER.matcher(image).find()) {
            if (saved) {
                findings.problem(
                        Kind.UNREAD,
                        text.file(),
                        text.line(),
                        "the image '" + image + "' is changed before it is applied, and what it becomes is not known",
                        FIX);
            }
        } else {
            findings.add(sighting.at(text.line(), 1), source);
        }
    }

    private static boolean isPartly(String image, Map<String, Gap> unknown) {
        return unknown.keySet().stream().anyMatch(image::contains);
    }

    private void notKnown(Applied applied, String image, Map<String, Gap> unknown, Kind kind) {
        String shown = image.replaceFirst("^docker\\.io/(library/)?", "");
        StringBuilder causes = new StringBuilder();
        boolean optional = true;
        for (Map.Entry<String, Gap> part : unknown.entrySet()) {
            if (image.contains(part.getKey())) {
                shown = shown.replace(part.getKey(), part.getValue().shown());
                causes.append(causes.isEmpty() ? "" : ", ")
                        .append(part.getValue().cause());
                optional &= part.getValue().optional();
            }
        }
        findings.problem(
                optional ? Kind.ASSUMED : kind,
                applied.file(),
                applied.line(),
                "the image '" + shown + "' is not known (" + causes + ")",
                FIX);
    }

    private void image(Applied.Image image) {
        if (isPartly(image.image(), image.unknown())) {
            boolean unset =
                    image.unknown().values().stream().allMatch(it -> it.shown().startsWith("$"));
            boolean gap = image.sureness() == Sureness.RUN || (image.sureness() == Sureness.PULLED && unset);
            notKnown(image, image.image(), image.unknown(), gap ? Kind.UNSET : Kind.ASSUMED);
            return;
        }
        String written =
                image.image().startsWith(TRANSPORT) ? image.image().substring(TRANSPORT.length()) : image.image();
        try {
            ImageReference reference = ImageReference.parse(written);
            Sighting sighting =
                    new Sighting(reference, confidence(image, reference), FINDER, image.line(), 1, image.program(), "");
            findings.add(sighting, Source.applied(image.file(), List.of(image.command())));
        } catch (ImageReferenceException e) {
            findings.problem(
                    image.sureness() == Sureness.RUN ? Kind.UNSET : Kind.READ_IN_PART,
                    image.file(),
                    image.line(),
                    "the image '" + written + "' of " + image.program() + " is not valid: " + e.getMessage(),
                    FIX);
        }
    }

    private static Confidence confidence(Applied.Image image, ImageReference reference) {
        if (image.sureness() == Sureness.PERHAPS || reference.registry().startsWith(CLUSTER_REGISTRY)) {
            return Confidence.POSSIBLE;
        }
        return image.sureness() == Sureness.RUN ? Confidence.CERTAIN : Confidence.LIKELY;
    }
}
