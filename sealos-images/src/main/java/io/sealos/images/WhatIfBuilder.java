package io.sealos.images;

import io.sealos.images.internal.scan.SwitchTry;
import io.sealos.images.internal.scan.SwitchTry.Choice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Unites what a switch does on top of different values. */
final class WhatIfBuilder {
    private final Map<Choice, List<SwitchTry>> tries = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private boolean asked;

    /** Records that the switches of the charts are tried, even if there are none. */
    void ask() {
        asked = true;
    }

    void add(SwitchTry it) {
        tries.computeIfAbsent(it.choice(), key -> new ArrayList<>()).add(it);
    }

    void leaveOut(String sentence) {
        leftOut.add(sentence);
    }

    /**
     * {@return the switches, with the images that are not saved anyway; empty if none were to be tried}
     *
     * @param saved the images that are saved
     */
    Optional<WhatIf> build(Set<ImageReference> saved) {
        if (!asked) {
            return Optional.empty();
        }
        List<ChartSwitch> switches = new ArrayList<>();
        List<ChartSwitch> undetermined = new ArrayList<>();
        tries.forEach((choice, results) -> {
            Set<ImageReference> added = new TreeSet<>();
            List<String> adding = new ArrayList<>();
            for (SwitchTry result : results) {
                if (!saved.containsAll(result.images())) {
                    added.addAll(result.images());
                    adding.add(result.scenario());
                }
            }
            added.removeAll(saved);
            if (!added.isEmpty()) {
                switches.add(new ChartSwitch(choice, adding, List.copyOf(added), ""));
            } else if (results.stream().noneMatch(it -> it.failure().isEmpty())) {
                List<String> scenarios =
                        results.stream().map(SwitchTry::scenario).toList();
                undetermined.add(new ChartSwitch(
                        choice, scenarios, List.of(), results.get(0).failure()));
            }
        });
        return Optional.of(new WhatIf(switches, undetermined, leftOut, tries.size()));
    }
}
