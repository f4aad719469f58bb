package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.ScanIgnores;
import io.sealos.images.internal.scan.ScanListener;
import io.sealos.images.internal.scan.Source;
import io.sealos.images.internal.scan.SwitchTry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds an inventory from the reports of a scan, in the order of the scan and without duplicates. */
final class InventoryBuilder implements ScanListener {
    private final Map<ImageOccurrence.Key, ImageOccurrence> occurrences = new LinkedHashMap<>();
    private final List<RenderedScenario> scenarios = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Set<ScanProblem> problems = new LinkedHashSet<>();
    private final Set<CommandNeed> needs = new LinkedHashSet<>();
    private final WhatIfBuilder whatIf = new WhatIfBuilder();
    private final Set<SiteNeed> siteNeeds = new LinkedHashSet<>();

    @Override
    public void occurrence(Sighting sighting, Source source, String ignoredBy) {
        ImageOccurrence occurrence = new ImageOccurrence(sighting, source, ignoredBy);
        occurrences.merge(occurrence.key(), occurrence, ImageOccurrence::united);
    }

    @Override
    public void problem(ScanProblem.Kind kind, String file, int line, String message) {
        problems.add(new ScanProblem(kind, file, line, message));
    }

    @Override
    public void problem(ScanProblem.Kind kind, String file, int line, String message, String fix) {
        problems.add(new ScanProblem(kind, file, line, message, fix));
    }

    @Override
    public void scenario(
            String name, String chart, NavigableSet<ImageReference> references, Set<ImageReference> ofDefaults) {
        scenarios.add(new RenderedScenario(name, chart, references, ofDefaults));
    }

    @Override
    public void need(CommandNeed need) {
        needs.add(need);
    }

    @Override
    public void need(SiteNeed need) {
        siteNeeds.add(need);
    }

    @Override
    public void notice(String notice) {
        notices.add(notice);
    }

    @Override
    public void whatIfAsked() {
        whatIf.ask();
    }

    @Override
    public void whatIf(SwitchTry tried) {
        whatIf.add(tried);
    }

    @Override
    public void whatIfLeftOut(String sentence) {
        whatIf.leaveOut(sentence);
    }

    /** {@return the images that switches of the charts would add to those that are saved; empty if none were tried} */
    Optional<WhatIf> whatIf(List<ImageReference> saved) {
        return whatIf.build(Set.copyOf(saved));
    }

    List<ImageOccurrence> occurrences() {
        return List.copyOf(occurrences.values());
    }

    List<RenderedScenario> scenarios() {
        return List.copyOf(scenarios);
    }

    List<ScanProblem> problems() {
        return List.copyOf(problems);
    }

    List<CommandNeed> needs() {
        return List.copyOf(needs);
    }

    List<SiteNeed> siteNeeds() {
        return List.copyOf(siteNeeds);
    }

    /** {@return the notices of the scan, then those of the ignore rules that matched nothing} */
    List<String> notices(ScanIgnores ignores) {
        return Stream.concat(notices.stream(), ignores.unmatched().stream()).toList();
    }
}
