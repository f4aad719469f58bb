package io.sealos.images;

import io.sealos.internal.overlay.ReportedPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Merges the inventories of several directories, in the order in which they are added. Everything is kept once. */
final class InventoryMerge {
    private final Set<String> directories = new LinkedHashSet<>();
    private final Set<ImageOccurrence> occurrences = new LinkedHashSet<>();
    private final Set<ScanProblem> problems = new LinkedHashSet<>();
    private final Set<CommandNeed> needs = new LinkedHashSet<>();
    private final Set<SiteNeed> siteNeeds = new LinkedHashSet<>();
    private final Set<RenderedScenario> scenarios = new LinkedHashSet<>();
    private final Set<String> notices = new LinkedHashSet<>();
    private final Set<Boolean> testHooks = new LinkedHashSet<>();
    private final List<SealosCompat> compats = new ArrayList<>();
    private final List<WhatIf> whatIfs = new ArrayList<>();

    /**
     * Adds an inventory.
     *
     * @param directory the path from the common directory to its directory; empty if they are the same
     */
    void add(String directory, ImageInventory inventory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        inventory.directories().forEach(it -> directories.add(ReportedPath.within(directory, it)));
        inventory.occurrences().forEach(it -> occurrences.add(it.within(prefix)));
        inventory.problems().forEach(it -> problems.add(directory.isEmpty() ? it : it.within(directory)));
        inventory.commandNeeds().forEach(it -> needs.add(it.within(prefix)));
        inventory.siteNeeds().forEach(it -> siteNeeds.add(it.within(prefix)));
        inventory.scenarios().forEach(it -> scenarios.add(it.within(prefix)));
        inventory.notices().forEach(it -> notices.add(directory.isEmpty() ? it : directory + ": " + it));
        if (inventory.occurrences().stream().anyMatch(ImageOccurrence::isTestHook)) {
            testHooks.add(inventory.savesTestHooks());
        }
        compats.add(inventory.sealosCompat());
        inventory.whatIf().ifPresent(it -> whatIfs.add(it.within(prefix)));
    }

    ImageInventory merged() {
        if (testHooks.size() > 1) {
            throw new IllegalArgumentException(
                    "some of the inventories save the images of helm test, and others do not; scan all directories"
                            + " with the same choice (testHooks)");
        }
        return new ImageInventory(
                List.copyOf(occurrences),
                new ImageInventory.Read(
                        List.copyOf(directories),
                        List.copyOf(problems),
                        List.copyOf(needs),
                        List.copyOf(siteNeeds),
                        List.copyOf(scenarios),
                        List.copyOf(notices),
                        testHooks.contains(true),
                        compat(),
                        whatIfs.isEmpty() ? Optional.empty() : Optional.of(WhatIf.merged(whatIfs))));
    }

    private SealosCompat compat() {
        return new SealosCompat(
                all(compats.stream().map(SealosCompat::images).toList(), new TreeSet<>()),
                all(compats.stream().map(SealosCompat::missed).toList(), new TreeSet<>()),
                all(compats.stream().map(SealosCompat::inventions).toList(), new LinkedHashSet<>()),
                all(compats.stream().map(SealosCompat::failures).toList(), new LinkedHashSet<>()),
                all(compats.stream().map(SealosCompat::archives).toList(), new LinkedHashSet<>()),
                compats.stream().anyMatch(SealosCompat::isEndless));
    }

    private static <T> List<T> all(List<List<T>> lists, Collection<T> once) {
        lists.forEach(once::addAll);
        return List.copyOf(once);
    }
}
