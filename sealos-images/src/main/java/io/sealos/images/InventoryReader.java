package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.Source;
import io.sealos.images.internal.scan.SwitchTry.Choice;
import io.sealos.internal.overlay.ReportedPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads an inventory that {@link InventoryJson} has written. */
final class InventoryReader {
    static final String ANEW = "write it anew from a scan";

    private static final CheckedJson.Format FORMAT =
            new CheckedJson.Format(InventoryJson.VERSION, "an inventory", ANEW, ImageInventoryException::new);

    private InventoryReader() {}

    static ImageInventory read(String source, String text) {
        CheckedJson root = CheckedJson.root(FORMAT, source, text);
        List<ImageOccurrence> occurrences = new ArrayList<>();
        root.objects("images", image -> occurrences.addAll(occurrences(image)));
        ImageInventory.Read others = new ImageInventory.Read(
                root.has("directories") ? root.texts("directories") : List.of(ReportedPath.SINGLE),
                root.objects("problems", InventoryReader::problem),
                root.objects("commandNeeds", InventoryReader::need),
                root.has("siteNeeds") ? root.objects("siteNeeds", InventoryReader::siteNeed) : List.of(),
                root.objects("scenarios", InventoryReader::scenario),
                root.texts("notices"),
                root.flag("testHooks"),
                compat(root.object("sealos")),
                root.optionalObject("whatIf").map(InventoryReader::whatIf));
        return new ImageInventory(occurrences, others);
    }

    private static List<ImageOccurrence> occurrences(CheckedJson image) {
        ImageReference reference = image.value("reference", ImageReference::parse);
        return image.objects("occurrences", occurrence -> occurrence(reference, occurrence));
    }

    private static ImageOccurrence occurrence(ImageReference reference, CheckedJson json) {
        Sighting sighting = new Sighting(
                reference,
                json.constant("confidence", Confidence.values()),
                json.text("finder"),
                json.number("line"),
                json.number("column"),
                json.text("path"),
                json.text("hook"),
                json.text("reason"));
        Source source = new Source(
                json.text("file"),
                json.text("chart"),
                json.text("template"),
                List.copyOf(json.texts("scenarios")),
                List.copyOf(json.texts("commands")),
                json.has("replaced") ? List.copyOf(json.texts("replaced")) : List.of(),
                json.constant("storage", ImageStorage.values()));
        return new ImageOccurrence(sighting, source, json.text("ignoredBy"));
    }

    private static ScanProblem problem(CheckedJson json) {
        return new ScanProblem(
                json.constant("kind", ScanProblem.Kind.values()),
                json.text("file"),
                json.number("line"),
                json.text("message"),
                json.text("fix"));
    }

    private static CommandNeed need(CheckedJson json) {
        String file = json.text("file");
        int line = json.number("line");
        String name = json.text("name");
        String path = json.text("path");
        String source = json.text("source");
        if (json.flag("there")) {
            return CommandNeed.ofFile(
                    file, line, name, path, Optional.of(source).filter(it -> !it.isEmpty()));
        }
        return path.isEmpty()
                ? CommandNeed.ofAddress(file, line, name)
                : CommandNeed.ofMissingFile(file, line, name, path);
    }

    private static SiteNeed siteNeed(CheckedJson json) {
        SiteNeed need = SiteNeed.of(
                json.constant("kind", SiteNeed.Kind.values()),
                json.text("file"),
                json.number("line"),
                json.text("object"),
                json.text("address"),
                json.text("version"));
        boolean artifact = json.has("artifact") && !json.text("artifact").isEmpty();
        return artifact ? need.withArtifact(json.value("artifact", ImageReference::parse)) : need;
    }

    private static RenderedScenario scenario(CheckedJson json) {
        List<ImageReference> references = json.values("references", ImageReference::parse);
        Set<ImageReference> ofDefaults = new HashSet<>(references);
        ofDefaults.removeAll(Set.copyOf(json.values("added", ImageReference::parse)));
        return new RenderedScenario(json.text("name"), json.text("file"), new TreeSet<>(references), ofDefaults);
    }

    private static WhatIf whatIf(CheckedJson json) {
        return new WhatIf(
                json.objects("switches", InventoryReader::chartSwitch),
                json.objects("undetermined", InventoryReader::chartSwitch),
                json.texts("leftOut"),
                json.number("tried"));
    }

    private static ChartSwitch chartSwitch(CheckedJson json) {
        Choice choice = new Choice(
                json.text("chart"),
                json.text("chartName"),
                json.text("key"),
                json.text("value"),
                json.flag("text"),
                json.text("file"),
                json.number("line"));
        return new ChartSwitch(
                choice, json.texts("scenarios"), json.values("images", ImageReference::parse), json.text("failure"));
    }

    private static SealosCompat compat(CheckedJson json) {
        return new SealosCompat(
                json.texts("images"),
                json.values("missed", ImageReference::parse),
                json.objects(
                        "inventions",
                        it -> new SealosCompat.Invention(it.text("image"), it.text("place"), it.text("reason"))),
                json.texts("failures"),
                json.texts("archives"),
                json.flag("endless"));
    }
}
